-- Which place is which country (ISO 3166-1, two letters), so that none is loaded twice under another name.
CREATE TABLE country_codes (
    code TEXT NOT NULL PRIMARY KEY CONSTRAINT code_has_two_letters CHECK (length(code) = 2),
    place_id BIGINT NOT NULL REFERENCES subjects (id)
) WITHOUT ROWID;

CREATE INDEX country_codes_by_place ON country_codes (place_id);
