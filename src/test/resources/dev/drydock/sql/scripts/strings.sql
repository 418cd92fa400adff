INSERT INTO t VALUES ('a;b'), ('C:\'), (E'tab\\;'), (U&'\0061;'), (N'n;'), (B'01'), (X'1F');
INSERT INTO t VALUES ('one'
  'two;'), ($$a;b$$), ($tag$;$$;$tag$), ($é$;$é$);
SELECT "a;b", "a""b;", U&"c;" FROM t -- done;
;
SELECT 1 AS a$b, 2 AS "$$;", '--;', '/*;', '*/;' FROM t;
SELECT 1 - -1, 2 * /* ; */ 3, a<@b, a@>b FROM t; SELECT '{";": 1}'::jsonb #>> '{a}' FROM t;
UPDATE t SET a = 'x;' WHERE b LIKE '%;%' AND c IS NOT NULL;
SELECT 'emoji 😀;', "naïve;col" FROM t;
