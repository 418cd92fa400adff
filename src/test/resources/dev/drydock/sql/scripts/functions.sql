CREATE OR REPLACE FUNCTION app.touch() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  -- it's; here
  NEW.updated := now();
  EXECUTE $q$ SELECT '$$'; SELECT ';' $q$;
  RETURN NEW;
END;
$body$;

CREATE FUNCTION app.add(a int, b int) RETURNS int
  LANGUAGE sql
  RETURN a + b;

CREATE FUNCTION app.both(a int) RETURNS int
BEGIN ATOMIC
  INSERT INTO app.log (what) VALUES (CASE WHEN a > 0 THEN 'more' ELSE 'less; or none' END);
  SELECT CASE a WHEN 1 THEN CASE WHEN true THEN 1 END ELSE 2 END;
END;

CREATE PROCEDURE app.noted() LANGUAGE sql
BEGIN ATOMIC
  DELETE FROM app.log;
  SELECT 1 AS "end", t.x FROM app.log t;
END;

DO $do$
DECLARE r record;
BEGIN
  FOR r IN SELECT 1 LOOP
    CASE WHEN true THEN NULL; END CASE;
  END LOOP;
END $do$;

CREATE TRIGGER touch BEFORE UPDATE ON app.orders FOR EACH ROW EXECUTE FUNCTION app.touch();
SELECT app.add(1, 2);
