DROP TABLE subjects;
DROP TABLE kinds;
DROP TABLE room;
