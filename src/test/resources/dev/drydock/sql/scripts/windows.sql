-- carriage returns; too
CREATE TABLE a (
  id int -- one;
);

CREATE TABLE b (id int);
INSERT INTO a VALUES (1)
, (2);
DO $$
BEGIN
  NULL;
END $$;
