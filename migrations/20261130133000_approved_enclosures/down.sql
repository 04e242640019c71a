ALTER TABLE approvals DROP COLUMN enclosed;
