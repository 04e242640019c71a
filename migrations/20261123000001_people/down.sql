DROP TABLE sent_forms;
DROP TABLE sessions;
DROP TABLE people;
