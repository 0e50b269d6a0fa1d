-- Who had to do with which incident.
create index evidence_actor on evidence (actor, incident);
