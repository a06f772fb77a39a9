-- The first session to come that needs a result which is not known. Store.Rewrite fills it.
ALTER TABLE plans ADD COLUMN result_before date;

CREATE INDEX plans_result ON plans (result_before) WHERE result_before IS NOT NULL;
