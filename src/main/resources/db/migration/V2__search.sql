-- What people look for among all incidents there ever were.

alter table incident add column service varchar(255) ${bytewise}; -- the workload in lower case; null only until the next start
create index incident_service on incident (service, number);
create index incident_namespace on incident (namespace, number);
create index incident_runbook on incident (runbook, severity, number);
create index incident_severity on incident (severity, number);

-- Who had to do with which incident.
create index evidence_actor on evidence (actor, incident);
