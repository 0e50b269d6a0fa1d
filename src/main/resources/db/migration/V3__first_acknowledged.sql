-- When somebody first took it: what it takes until somebody has an incident is not made longer by a hand-over.

alter table incident add column first_acknowledged_at timestamp with time zone;
update incident set first_acknowledged_at = acknowledged_at;
