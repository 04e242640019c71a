DROP TABLE embedded_words;
ALTER TABLE images DROP COLUMN taken_on;
