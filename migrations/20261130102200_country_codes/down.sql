DROP TABLE country_codes;
