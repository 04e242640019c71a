DROP TABLE signatures;
DROP TABLE publications;
