DELETE FROM sessions WHERE at_door_id IS NOT NULL;
ALTER TABLE sessions DROP COLUMN at_door_id;
DROP TABLE recovery_codes;
DROP TABLE app_factors;
