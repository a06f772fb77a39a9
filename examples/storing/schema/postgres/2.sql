-- From which day on the horizon of a course without end is near. Store.Rewrite fills it.
ALTER TABLE plans ADD COLUMN extend_by date;

CREATE INDEX plans_extend ON plans (extend_by) WHERE extend_by IS NOT NULL;
