-- Geometry and geography on the storage of text, with a gist operator class borrowed from boxes: good for tables
-- without rows.
create function geometry_typmod_in(cstring[]) returns integer language plpgsql immutable strict as 'begin return 1; end';
create type geometry;
create function geometry_in(cstring) returns geometry language internal immutable strict parallel safe as 'textin';
create function geometry_out(geometry) returns cstring language internal immutable strict parallel safe as 'textout';
create type geometry (input = geometry_in, output = geometry_out, typmod_in = geometry_typmod_in, storage = main);
create function geometry(geometry, integer, boolean) returns geometry language sql immutable strict as 'select $1';
create cast (geometry as geometry) with function geometry(geometry, integer, boolean) as implicit;
create type geography;
create function geography_in(cstring) returns geography language internal immutable strict parallel safe as 'textin';
create function geography_out(geography) returns cstring language internal immutable strict parallel safe as 'textout';
create type geography (input = geography_in, output = geography_out, typmod_in = geometry_typmod_in, storage = main);
create function geography(geography, integer, boolean) returns geography language sql immutable strict as 'select $1';
create cast (geography as geography) with function geography(geography, integer, boolean) as implicit;
create function geography(geometry) returns geography language sql immutable strict as $$ select $1::text::geography $$;
create function geometry(geography) returns geometry language sql immutable strict as $$ select $1::text::geometry $$;
create cast (geometry as geography) with function geography(geometry) as implicit;
create cast (geography as geometry) with function geometry(geography);

create function st_x(geometry) returns double precision language sql immutable strict as 'select 0::float8';
create function st_y(geometry) returns double precision language sql immutable strict as 'select 0::float8';
create function st_setsrid(geometry, integer) returns geometry language sql immutable strict as 'select $1';
create function st_srid(geometry) returns integer language sql immutable strict as 'select 4326';
create function st_makepoint(double precision, double precision) returns geometry language sql immutable strict
  as $$ select 'POINT(0 0)'::geometry $$;
create function st_point(double precision, double precision) returns geometry language sql immutable strict
  as $$ select 'POINT(0 0)'::geometry $$;
create function st_geomfromtext(text) returns geometry language sql immutable strict as $$ select $1::geometry $$;
create function st_geomfromtext(text, integer) returns geometry language sql immutable strict
  as $$ select $1::geometry $$;
create function st_astext(geometry) returns text language sql immutable strict as $$ select $1::text $$;
create function st_transform(geometry, integer) returns geometry language sql immutable strict as 'select $1';
create function st_distance(geometry, geometry) returns double precision language sql immutable strict
  as 'select 0::float8';
create function st_intersects(geometry, geometry) returns boolean language sql immutable strict as 'select true';
create function st_contains(geometry, geometry) returns boolean language sql immutable strict as 'select true';
create function st_dwithin(geometry, geometry, double precision) returns boolean language sql immutable strict
  as 'select true';
create function st_buffer(geometry, double precision) returns geometry language sql immutable strict as 'select $1';
create function st_area(geometry) returns double precision language sql immutable strict as 'select 0::float8';
create function st_length(geometry) returns double precision language sql immutable strict as 'select 0::float8';
create function st_centroid(geometry) returns geometry language sql immutable strict as 'select $1';
create function st_covers(geometry, geometry) returns boolean language sql immutable strict as 'select true';
create function st_asgeojson(geometry) returns text language sql immutable strict as $$ select '{}' $$;
create function st_asbinary(geometry) returns bytea language sql immutable strict as $$ select ''::bytea $$;
create function st_asewkt(geometry) returns text language sql immutable strict as $$ select $1::text $$;
create function st_buffer(geography, double precision) returns geography language sql immutable strict as 'select $1';
create function st_area(geography) returns double precision language sql immutable strict as 'select 0::float8';
create function st_length(geography) returns double precision language sql immutable strict as 'select 0::float8';
create function st_centroid(geography) returns geography language sql immutable strict as 'select $1';
create function st_covers(geography, geography) returns boolean language sql immutable strict as 'select true';
create function st_asgeojson(geography) returns text language sql immutable strict as $$ select '{}' $$;
create function st_asbinary(geography) returns bytea language sql immutable strict as $$ select ''::bytea $$;
create function st_asewkt(geography) returns text language sql immutable strict as $$ select $1::text $$;
create function st_distance(geography, geography) returns double precision language sql immutable strict
  as 'select 0::float8';
create function st_dwithin(geography, geography, double precision) returns boolean language sql immutable strict
  as 'select true';
create function st_intersects(geography, geography) returns boolean language sql immutable strict as 'select true';
create function st_within(geometry, geometry) returns boolean language sql immutable strict as 'select true';
create function st_coveredby(geometry, geometry) returns boolean language sql immutable strict as 'select true';
create function st_overlaps(geometry, geometry) returns boolean language sql immutable strict as 'select true';
create function st_touches(geometry, geometry) returns boolean language sql immutable strict as 'select true';
create function st_equals(geometry, geometry) returns boolean language sql immutable strict as 'select true';
create function st_crosses(geometry, geometry) returns boolean language sql immutable strict as 'select true';
create function st_disjoint(geometry, geometry) returns boolean language sql immutable strict as 'select true';
create function st_makevalid(geometry) returns geometry language sql immutable strict as 'select $1';
create function st_multi(geometry) returns geometry language sql immutable strict as 'select $1';
create function st_envelope(geometry) returns geometry language sql immutable strict as 'select $1';
create function st_force2d(geometry) returns geometry language sql immutable strict as 'select $1';
create function st_makepolygon(geometry) returns geometry language sql immutable strict as 'select $1';
create function st_startpoint(geometry) returns geometry language sql immutable strict as 'select $1';
create function st_endpoint(geometry) returns geometry language sql immutable strict as 'select $1';
create function st_boundary(geometry) returns geometry language sql immutable strict as 'select $1';
create function st_pointonsurface(geometry) returns geometry language sql immutable strict as 'select $1';
create function st_convexhull(geometry) returns geometry language sql immutable strict as 'select $1';
create function st_union(geometry, geometry) returns geometry language sql immutable strict as 'select $1';
create function st_intersection(geometry, geometry) returns geometry language sql immutable strict as 'select $1';
create function st_difference(geometry, geometry) returns geometry language sql immutable strict as 'select $1';
create function st_makeline(geometry, geometry) returns geometry language sql immutable strict as 'select $1';
create function st_collect(geometry, geometry) returns geometry language sql immutable strict as 'select $1';
create function st_simplify(geometry, double precision) returns geometry language sql immutable strict as 'select $1';
create function st_snaptogrid(geometry, double precision) returns geometry language sql immutable strict as 'select $1';
create function st_isvalid(geometry) returns boolean language sql immutable strict as 'select true';
create function st_isempty(geometry) returns boolean language sql immutable strict as 'select true';
create function st_npoints(geometry) returns integer language sql immutable strict as 'select 1';
create function st_numgeometries(geometry) returns integer language sql immutable strict as 'select 1';
create function st_geometrytype(geometry) returns text language sql immutable strict as $$ select 'ST_Point' $$;
create function st_geohash(geometry) returns text language sql immutable strict as $$ select '' $$;
create function st_makeenvelope(double precision, double precision, double precision, double precision, integer) returns geometry language sql immutable strict
  as $$ select 'POINT(0 0)'::geometry $$;
create function st_geogfromtext(text) returns geography language sql immutable strict as $$ select $1::geography $$;
create function st_geographyfromtext(text) returns geography language sql immutable strict
  as $$ select $1::geography $$;
create function st_geomfromewkt(text) returns geometry language sql immutable strict as $$ select $1::geometry $$;
create function st_geomfromgeojson(text) returns geometry language sql immutable strict
  as $$ select 'POINT(0 0)'::geometry $$;
create function st_geomfromgeojson(json) returns geometry language sql immutable strict
  as $$ select 'POINT(0 0)'::geometry $$;
create function st_geomfromgeojson(jsonb) returns geometry language sql immutable strict
  as $$ select 'POINT(0 0)'::geometry $$;
create function st_geomfromwkb(bytea) returns geometry language sql immutable strict
  as $$ select 'POINT(0 0)'::geometry $$;
create function st_geomfromwkb(bytea, integer) returns geometry language sql immutable strict
  as $$ select 'POINT(0 0)'::geometry $$;
create function st_makepoint(double precision, double precision, double precision) returns geometry language sql immutable strict
  as $$ select 'POINT(0 0)'::geometry $$;
create function st_point(double precision, double precision, integer) returns geometry language sql immutable strict
  as $$ select 'POINT(0 0)'::geometry $$;
create function postgis_version() returns text language sql immutable
  as $$ select '99.0 USE_GEOS=1 USE_PROJ=1 USE_STATS=1' $$;
create function postgis_lib_version() returns text language sql immutable as $$ select '99.0.0' $$;
create function postgis_full_version() returns text language sql immutable as $$ select 'POSTGIS="99.0.0"' $$;
create table spatial_ref_sys (
  srid integer primary key,
  auth_name varchar(256),
  auth_srid integer,
  srtext varchar(2048),
  proj4text varchar(2048)
);
create view geometry_columns as
  select current_database()::varchar(256) as f_table_catalog, n.nspname as f_table_schema, c.relname as f_table_name,
    a.attname as f_geometry_column, 2 as coord_dimension, 0 as srid, 'GEOMETRY'::varchar(30) as type
  from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
  where a.atttypid = 'geometry'::regtype and not a.attisdropped and c.relkind in ('r', 'p', 'v', 'm', 'f');
create rule geometry_columns_insert as on insert to geometry_columns do instead nothing;
create rule geometry_columns_update as on update to geometry_columns do instead nothing;
create rule geometry_columns_delete as on delete to geometry_columns do instead nothing;
create function addgeometrycolumn(schema_name varchar, table_name varchar, column_name varchar, new_srid integer,
    new_type varchar, new_dim integer, use_typmod boolean default true) returns text language plpgsql as $$
  begin
    execute format('alter table %s%I add column %I geometry(%s, %s)',
      case when schema_name = '' then '' else quote_ident(schema_name) || '.' end, table_name, column_name, new_type,
      new_srid);
    return format('%s.%s.%s SRID:%s TYPE:%s DIMS:%s', schema_name, table_name, column_name, new_srid, new_type, new_dim);
  end $$;
create function addgeometrycolumn(table_name varchar, column_name varchar, new_srid integer, new_type varchar,
    new_dim integer, use_typmod boolean default true) returns text language plpgsql as $$
  begin
    return addgeometrycolumn('', table_name, column_name, new_srid, new_type, new_dim, use_typmod);
  end $$;

create function geometry_overlaps(geometry, geometry) returns boolean language sql immutable strict as 'select false';
create operator && (leftarg = geometry, rightarg = geometry, function = geometry_overlaps, commutator = &&);
create function geometry_gist_consistent(internal, geometry, smallint, oid, internal) returns boolean
  language internal as 'gist_box_consistent';
create function geometry_gist_union(internal, internal) returns internal language internal as 'gist_box_union';
create function geometry_gist_penalty(internal, internal, internal) returns internal
  language internal as 'gist_box_penalty';
create function geometry_gist_picksplit(internal, internal) returns internal
  language internal as 'gist_box_picksplit';
create function geometry_gist_same(geometry, geometry, internal) returns internal language internal as 'gist_box_same';
create operator class gist_geometry_ops_2d default for type geometry using gist as
  operator 3 &&,
  function 1 geometry_gist_consistent(internal, geometry, smallint, oid, internal),
  function 2 geometry_gist_union(internal, internal),
  function 5 geometry_gist_penalty(internal, internal, internal),
  function 6 geometry_gist_picksplit(internal, internal),
  function 7 geometry_gist_same(geometry, geometry, internal);
create function geography_overlaps(geography, geography) returns boolean language sql immutable strict
  as 'select false';
create operator && (leftarg = geography, rightarg = geography, function = geography_overlaps, commutator = &&);
create function geography_gist_consistent(internal, geography, smallint, oid, internal) returns boolean
  language internal as 'gist_box_consistent';
create function geography_gist_same(geography, geography, internal) returns internal
  language internal as 'gist_box_same';
create operator class gist_geography_ops default for type geography using gist as
  operator 3 &&,
  function 1 geography_gist_consistent(internal, geography, smallint, oid, internal),
  function 2 geometry_gist_union(internal, internal),
  function 5 geometry_gist_penalty(internal, internal, internal),
  function 6 geometry_gist_picksplit(internal, internal),
  function 7 geography_gist_same(geography, geography, internal);

-- In the order of their text, which is of no use and enough to be unique, grouped and sorted by.
create function geometry_lt(geometry, geometry) returns boolean language internal immutable strict parallel safe as 'text_lt';
create function geometry_le(geometry, geometry) returns boolean language internal immutable strict parallel safe as 'text_le';
create function geometry_eq(geometry, geometry) returns boolean language internal immutable strict parallel safe as 'texteq';
create function geometry_ge(geometry, geometry) returns boolean language internal immutable strict parallel safe as 'text_ge';
create function geometry_gt(geometry, geometry) returns boolean language internal immutable strict parallel safe as 'text_gt';
create function geometry_cmp(geometry, geometry) returns integer language internal immutable strict parallel safe as 'bttextcmp';
create function geometry_hash(geometry) returns integer language internal immutable strict parallel safe as 'hashtext';
create operator < (leftarg = geometry, rightarg = geometry, function = geometry_lt, commutator = >, negator = >=);
create operator <= (leftarg = geometry, rightarg = geometry, function = geometry_le, commutator = >=, negator = >);
create operator = (leftarg = geometry, rightarg = geometry, function = geometry_eq, commutator = =, hashes, merges);
create operator >= (leftarg = geometry, rightarg = geometry, function = geometry_ge, commutator = <=, negator = <);
create operator > (leftarg = geometry, rightarg = geometry, function = geometry_gt, commutator = <, negator = <=);
create operator class btree_geometry_ops default for type geometry using btree as
  operator 1 <, operator 2 <=, operator 3 =, operator 4 >=, operator 5 >, function 1 geometry_cmp(geometry, geometry);
create operator class hash_geometry_ops default for type geometry using hash as operator 1 =, function 1 geometry_hash(geometry);
create function geography_lt(geography, geography) returns boolean language internal immutable strict parallel safe as 'text_lt';
create function geography_le(geography, geography) returns boolean language internal immutable strict parallel safe as 'text_le';
create function geography_eq(geography, geography) returns boolean language internal immutable strict parallel safe as 'texteq';
create function geography_ge(geography, geography) returns boolean language internal immutable strict parallel safe as 'text_ge';
create function geography_gt(geography, geography) returns boolean language internal immutable strict parallel safe as 'text_gt';
create function geography_cmp(geography, geography) returns integer language internal immutable strict parallel safe as 'bttextcmp';
create function geography_hash(geography) returns integer language internal immutable strict parallel safe as 'hashtext';
create operator < (leftarg = geography, rightarg = geography, function = geography_lt, commutator = >, negator = >=);
create operator <= (leftarg = geography, rightarg = geography, function = geography_le, commutator = >=, negator = >);
create operator = (leftarg = geography, rightarg = geography, function = geography_eq, commutator = =, hashes, merges);
create operator >= (leftarg = geography, rightarg = geography, function = geography_ge, commutator = <=, negator = <);
create operator > (leftarg = geography, rightarg = geography, function = geography_gt, commutator = <, negator = <=);
create operator class btree_geography_ops default for type geography using btree as
  operator 1 <, operator 2 <=, operator 3 =, operator 4 >=, operator 5 >, function 1 geography_cmp(geography, geography);
create operator class hash_geography_ops default for type geography using hash as operator 1 =, function 1 geography_hash(geography);
