DROP TABLE image_looks;
