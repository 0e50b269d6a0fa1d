-- At every start: what was opened before there was the column, or since by an older program that somebody went back to.
-- (The database could compute it, but H2's recovery cannot write a table back that has a computed column.)
update incident set service = lower(workload) where service is null;
