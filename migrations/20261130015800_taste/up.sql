-- How the newsroom looks to somebody, and whether single keys do something.
ALTER TABLE people ADD COLUMN scheme TEXT NOT NULL DEFAULT 'device'
    CONSTRAINT scheme_is_known CHECK (scheme IN ('device', 'light', 'dark'));
ALTER TABLE people ADD COLUMN density TEXT NOT NULL DEFAULT 'roomy'
    CONSTRAINT density_is_known CHECK (density IN ('roomy', 'dense'));
ALTER TABLE people ADD COLUMN likes_keys BOOLEAN NOT NULL DEFAULT TRUE;
