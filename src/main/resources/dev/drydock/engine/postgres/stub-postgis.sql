-- Geometry and geography on the storage of text, with a gist operator class borrowed from bytea: none of it knows
-- where anything lies.
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
create function postgis_extensions_upgrade() returns text language sql as $$ select '' $$;
create function postgis_extensions_upgrade(target_version text) returns text language sql as $$ select '' $$;
create function postgis_scripts_installed() returns text language sql immutable as $$ select '99.0.0' $$;
create function postgis_geos_version() returns text language sql immutable as $$ select '99.0.0' $$;
create function postgis_proj_version() returns text language sql immutable as $$ select '99.0.0' $$;
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
  language c immutable strict as '$libdir/btree_gist', 'gbt_bytea_consistent';
create function geometry_gist_union(internal, internal) returns bytea
  language c immutable strict as '$libdir/btree_gist', 'gbt_bytea_union';
create function geometry_gist_compress(internal) returns internal
  language c immutable strict as '$libdir/btree_gist', 'gbt_bytea_compress';
create function geometry_gist_decompress(internal) returns internal
  language c immutable strict as '$libdir/btree_gist', 'gbt_var_decompress';
create function geometry_gist_penalty(internal, internal, internal) returns internal
  language c immutable strict as '$libdir/btree_gist', 'gbt_bytea_penalty';
create function geometry_gist_picksplit(internal, internal) returns internal
  language c immutable strict as '$libdir/btree_gist', 'gbt_bytea_picksplit';
create function geometry_gist_same(bytea, bytea, internal) returns internal
  language c immutable strict as '$libdir/btree_gist', 'gbt_bytea_same';
create operator class gist_geometry_ops_2d default for type geometry using gist as
  operator 3 &&,
  function 1 geometry_gist_consistent(internal, geometry, smallint, oid, internal),
  function 2 geometry_gist_union(internal, internal),
  function 3 geometry_gist_compress(internal),
  function 4 geometry_gist_decompress(internal),
  function 5 geometry_gist_penalty(internal, internal, internal),
  function 6 geometry_gist_picksplit(internal, internal),
  function 7 geometry_gist_same(bytea, bytea, internal),
  storage bytea;
create function geography_overlaps(geography, geography) returns boolean language sql immutable strict
  as 'select false';
create operator && (leftarg = geography, rightarg = geography, function = geography_overlaps, commutator = &&);
create function geography_gist_consistent(internal, geography, smallint, oid, internal) returns boolean
  language c immutable strict as '$libdir/btree_gist', 'gbt_bytea_consistent';
create operator class gist_geography_ops default for type geography using gist as
  operator 3 &&,
  function 1 geography_gist_consistent(internal, geography, smallint, oid, internal),
  function 2 geometry_gist_union(internal, internal),
  function 3 geometry_gist_compress(internal),
  function 4 geometry_gist_decompress(internal),
  function 5 geometry_gist_penalty(internal, internal, internal),
  function 6 geometry_gist_picksplit(internal, internal),
  function 7 geometry_gist_same(bytea, bytea, internal),
  storage bytea;

-- In the order of their bytes, which is of no use and enough to be unique, grouped and sorted by.
create function geometry_lt(geometry, geometry) returns boolean language internal immutable strict parallel safe as 'bytealt';
create function geometry_le(geometry, geometry) returns boolean language internal immutable strict parallel safe as 'byteale';
create function geometry_eq(geometry, geometry) returns boolean language internal immutable strict parallel safe as 'byteaeq';
create function geometry_ge(geometry, geometry) returns boolean language internal immutable strict parallel safe as 'byteage';
create function geometry_gt(geometry, geometry) returns boolean language internal immutable strict parallel safe as 'byteagt';
create function geometry_cmp(geometry, geometry) returns integer language internal immutable strict parallel safe as 'byteacmp';
create function geometry_hash(geometry) returns integer language internal immutable strict parallel safe as 'hashvarlena';
create operator < (leftarg = geometry, rightarg = geometry, function = geometry_lt, commutator = >, negator = >=);
create operator <= (leftarg = geometry, rightarg = geometry, function = geometry_le, commutator = >=, negator = >);
create operator = (leftarg = geometry, rightarg = geometry, function = geometry_eq, commutator = =, hashes, merges);
create operator >= (leftarg = geometry, rightarg = geometry, function = geometry_ge, commutator = <=, negator = <);
create operator > (leftarg = geometry, rightarg = geometry, function = geometry_gt, commutator = <, negator = <=);
create operator class btree_geometry_ops default for type geometry using btree as
  operator 1 <, operator 2 <=, operator 3 =, operator 4 >=, operator 5 >, function 1 geometry_cmp(geometry, geometry);
create operator class hash_geometry_ops default for type geometry using hash as operator 1 =, function 1 geometry_hash(geometry);
create function geography_lt(geography, geography) returns boolean language internal immutable strict parallel safe as 'bytealt';
create function geography_le(geography, geography) returns boolean language internal immutable strict parallel safe as 'byteale';
create function geography_eq(geography, geography) returns boolean language internal immutable strict parallel safe as 'byteaeq';
create function geography_ge(geography, geography) returns boolean language internal immutable strict parallel safe as 'byteage';
create function geography_gt(geography, geography) returns boolean language internal immutable strict parallel safe as 'byteagt';
create function geography_cmp(geography, geography) returns integer language internal immutable strict parallel safe as 'byteacmp';
create function geography_hash(geography) returns integer language internal immutable strict parallel safe as 'hashvarlena';
create operator < (leftarg = geography, rightarg = geography, function = geography_lt, commutator = >, negator = >=);
create operator <= (leftarg = geography, rightarg = geography, function = geography_le, commutator = >=, negator = >);
create operator = (leftarg = geography, rightarg = geography, function = geography_eq, commutator = =, hashes, merges);
create operator >= (leftarg = geography, rightarg = geography, function = geography_ge, commutator = <=, negator = <);
create operator > (leftarg = geography, rightarg = geography, function = geography_gt, commutator = <, negator = <=);
create operator class btree_geography_ops default for type geography using btree as
  operator 1 <, operator 2 <=, operator 3 =, operator 4 >=, operator 5 >, function 1 geography_cmp(geography, geography);
create operator class hash_geography_ops default for type geography using hash as operator 1 =, function 1 geography_hash(geography);
create operator class brin_geometry_inclusion_ops_2d default for type geometry using brin as
  operator 1 <, operator 2 <=, operator 3 =, operator 4 >=, operator 5 >,
  function 1 brin_minmax_opcinfo(internal), function 2 brin_minmax_add_value(internal, internal, internal, internal),
  function 3 brin_minmax_consistent(internal, internal, internal), function 4 brin_minmax_union(internal, internal, internal);
-- Without an operator: what would look for a text there asks for a collation.
create operator class spgist_geometry_ops_2d default for type geometry using spgist as
  function 1 spg_text_config(internal, internal), function 2 spg_text_choose(internal, internal),
  function 3 spg_text_picksplit(internal, internal), function 4 spg_text_inner_consistent(internal, internal),
  function 5 spg_text_leaf_consistent(internal, internal);
create operator class gist_geometry_ops_nd for type geometry using gist as
  operator 3 &&,
  function 1 geometry_gist_consistent(internal, geometry, smallint, oid, internal),
  function 2 geometry_gist_union(internal, internal),
  function 3 geometry_gist_compress(internal),
  function 4 geometry_gist_decompress(internal),
  function 5 geometry_gist_penalty(internal, internal, internal),
  function 6 geometry_gist_picksplit(internal, internal),
  function 7 geometry_gist_same(bytea, bytea, internal),
  storage bytea;
create operator <-> (leftarg = geometry, rightarg = geometry, function = st_distance(geometry, geometry), commutator = <->);
create operator <-> (leftarg = geography, rightarg = geography, function = st_distance(geography, geography), commutator = <->);
create operator @ (leftarg = geometry, rightarg = geometry, function = geometry_overlaps, commutator = ~);
create operator ~ (leftarg = geometry, rightarg = geometry, function = geometry_overlaps, commutator = @);

create type box2d;
create function box2d_in(cstring) returns box2d language internal immutable strict parallel safe as 'textin';
create function box2d_out(box2d) returns cstring language internal immutable strict parallel safe as 'textout';
create type box2d (input = box2d_in, output = box2d_out, storage = main);
create type box3d;
create function box3d_in(cstring) returns box3d language internal immutable strict parallel safe as 'textin';
create function box3d_out(box3d) returns cstring language internal immutable strict parallel safe as 'textout';
create type box3d (input = box3d_in, output = box3d_out, storage = main);
create type geometry_dump as (path integer[], geom geometry);

-- Functions that give the same whatever they are asked, and casts of that kind. What a script calls is named in full: the
-- server runs it as a superuser, and a migration may have put a function that fits better into the extension's schema.
do $do$
declare
  f record;
  made constant text := 'create function %I(%s) returns %s language sql immutable strict as %L';
begin
  for f in
    select name, trim(pg_catalog.unnest(pg_catalog.string_to_array(args, '|'))) as args, result from (values
      ('geometry', 'text|bytea|point|path|polygon|box2d|box3d', 'geometry'),
      ('geography', 'bytea', 'geography'),
      ('point', 'geometry', 'point'), ('path', 'geometry', 'path'), ('polygon', 'geometry', 'polygon'),
      ('box', 'geometry', 'box'), ('box2d', 'geometry|box3d', 'box2d'), ('box3d', 'geometry|box2d', 'box3d'),
      ('bytea', 'geometry|geography', 'bytea'), ('json', 'geometry', 'json'), ('jsonb', 'geometry', 'jsonb'),
      ('st_pointfromtext', 'text|text, integer', 'geometry'), ('st_linefromtext', 'text|text, integer', 'geometry'),
      ('st_polygonfromtext', 'text|text, integer', 'geometry'), ('st_polyfromtext', 'text|text, integer', 'geometry'),
      ('st_geometryfromtext', 'text|text, integer', 'geometry'), ('st_mpointfromtext', 'text|text, integer', 'geometry'),
      ('st_mlinefromtext', 'text|text, integer', 'geometry'), ('st_mpolyfromtext', 'text|text, integer', 'geometry'),
      ('st_geomcollfromtext', 'text|text, integer', 'geometry'), ('st_wkttosql', 'text', 'geometry'),
      ('st_geomfromewkb', 'bytea', 'geometry'), ('st_pointfromwkb', 'bytea|bytea, integer', 'geometry'),
      ('st_geomfromgml', 'text|text, integer', 'geometry'), ('st_geomfromkml', 'text', 'geometry'),
      ('st_geomfromgeohash', 'text|text, integer', 'geometry'), ('st_pointfromgeohash', 'text|text, integer', 'geometry'),
      ('st_linefromencodedpolyline', 'text|text, integer', 'geometry'), ('st_geogfromwkb', 'bytea', 'geography'),
      ('st_makepoint', 'float8, float8, float8, float8', 'geometry'), ('st_makepointm', 'float8, float8, float8', 'geometry'),
      ('st_pointz', 'float8, float8, float8|float8, float8, float8, integer', 'geometry'),
      ('st_makeenvelope', 'float8, float8, float8, float8', 'geometry'),
      ('st_tileenvelope', 'integer, integer, integer', 'geometry'), ('st_makeline', 'geometry[]', 'geometry'),
      ('st_makepolygon', 'geometry, geometry[]', 'geometry'), ('st_polygon', 'geometry, integer', 'geometry'),
      ('st_union', 'geometry[]', 'geometry'), ('st_collect', 'geometry[]', 'geometry'),
      ('st_unaryunion', 'geometry', 'geometry'), ('st_symdifference', 'geometry, geometry', 'geometry'),
      ('st_intersection', 'geography, geography', 'geography'), ('st_split', 'geometry, geometry', 'geometry'),
      ('st_node', 'geometry', 'geometry'), ('st_linemerge', 'geometry', 'geometry'), ('st_buildarea', 'geometry', 'geometry'),
      ('st_polygonize', 'geometry[]', 'geometry'), ('st_reverse', 'geometry', 'geometry'),
      ('st_flipcoordinates', 'geometry', 'geometry'), ('st_normalize', 'geometry', 'geometry'),
      ('st_force3d', 'geometry', 'geometry'), ('st_force3dz', 'geometry', 'geometry'), ('st_force3dm', 'geometry', 'geometry'),
      ('st_force4d', 'geometry', 'geometry'), ('st_forcecollection', 'geometry', 'geometry'),
      ('st_forcepolygonccw', 'geometry', 'geometry'), ('st_forcepolygoncw', 'geometry', 'geometry'),
      ('st_forcerhr', 'geometry', 'geometry'), ('st_curvetoline', 'geometry', 'geometry'),
      ('st_exteriorring', 'geometry', 'geometry'), ('st_interiorringn', 'geometry, integer', 'geometry'),
      ('st_pointn', 'geometry, integer', 'geometry'), ('st_geometryn', 'geometry, integer', 'geometry'),
      ('st_collectionextract', 'geometry|geometry, integer', 'geometry'), ('st_collectionhomogenize', 'geometry', 'geometry'),
      ('st_removerepeatedpoints', 'geometry|geometry, float8', 'geometry'), ('st_simplify', 'geometry, float8, boolean', 'geometry'),
      ('st_simplifypreservetopology', 'geometry, float8', 'geometry'), ('st_simplifyvw', 'geometry, float8', 'geometry'),
      ('st_snaptogrid', 'geometry, float8, float8', 'geometry'), ('st_snap', 'geometry, geometry, float8', 'geometry'),
      ('st_segmentize', 'geometry, float8', 'geometry'), ('st_segmentize', 'geography, float8', 'geography'),
      ('st_expand', 'geometry, float8', 'geometry'), ('st_scale', 'geometry, float8, float8', 'geometry'),
      ('st_translate', 'geometry, float8, float8|geometry, float8, float8, float8', 'geometry'),
      ('st_rotate', 'geometry, float8', 'geometry'), ('st_buffer', 'geometry, float8, text|geometry, float8, integer', 'geometry'),
      ('st_concavehull', 'geometry, float8|geometry, float8, boolean', 'geometry'), ('st_orientedenvelope', 'geometry', 'geometry'),
      ('st_minimumboundingcircle', 'geometry', 'geometry'), ('st_generatepoints', 'geometry, integer', 'geometry'),
      ('st_transform', 'geometry, text|geometry, text, text|geometry, text, integer', 'geometry'),
      ('st_shiftlongitude', 'geometry', 'geometry'), ('st_setpoint', 'geometry, integer, geometry', 'geometry'),
      ('st_addpoint', 'geometry, geometry|geometry, geometry, integer', 'geometry'), ('st_removepoint', 'geometry, integer', 'geometry'),
      ('st_closestpoint', 'geometry, geometry', 'geometry'), ('st_shortestline', 'geometry, geometry', 'geometry'),
      ('st_longestline', 'geometry, geometry', 'geometry'), ('st_lineinterpolatepoint', 'geometry, float8', 'geometry'),
      ('st_lineinterpolatepoints', 'geometry, float8', 'geometry'), ('st_linesubstring', 'geometry, float8, float8', 'geometry'),
      ('st_addmeasure', 'geometry, float8, float8', 'geometry'), ('st_locatealong', 'geometry, float8', 'geometry'),
      ('st_locatebetween', 'geometry, float8, float8', 'geometry'), ('st_project', 'geography, float8, float8', 'geography'),
      ('st_centroid', 'geography, boolean', 'geography'), ('st_asmvtgeom', 'geometry, box2d|geometry, box2d, integer|geometry, box2d, integer, integer|geometry, box2d, integer, integer, boolean', 'geometry'),
      ('st_setsrid', 'geography, integer', 'geography'),
      ('st_z', 'geometry', 'float8'), ('st_m', 'geometry', 'float8'), ('st_xmin', 'box3d', 'float8'), ('st_xmax', 'box3d', 'float8'),
      ('st_ymin', 'box3d', 'float8'), ('st_ymax', 'box3d', 'float8'), ('st_zmin', 'box3d', 'float8'), ('st_zmax', 'box3d', 'float8'),
      ('st_azimuth', 'geometry, geometry|geography, geography', 'float8'), ('st_perimeter', 'geometry|geography', 'float8'),
      ('st_length2d', 'geometry', 'float8'), ('st_3dlength', 'geometry', 'float8'), ('st_lengthspheroid', 'geometry, text', 'float8'),
      ('st_length', 'geography, boolean', 'float8'), ('st_area', 'geography, boolean', 'float8'), ('st_area2d', 'geometry', 'float8'),
      ('st_distance', 'geography, geography, boolean', 'float8'), ('st_distancesphere', 'geometry, geometry', 'float8'),
      ('st_3ddistance', 'geometry, geometry', 'float8'), ('st_maxdistance', 'geometry, geometry', 'float8'),
      ('st_hausdorffdistance', 'geometry, geometry', 'float8'), ('st_frechetdistance', 'geometry, geometry', 'float8'),
      ('st_linelocatepoint', 'geometry, geometry', 'float8'), ('st_interpolatepoint', 'geometry, geometry', 'float8'),
      ('st_numpoints', 'geometry', 'integer'), ('st_numinteriorrings', 'geometry', 'integer'), ('st_nrings', 'geometry', 'integer'),
      ('st_dimension', 'geometry', 'integer'), ('st_ndims', 'geometry', 'integer'), ('st_coorddim', 'geometry', 'integer'),
      ('st_memsize', 'geometry', 'integer'), ('st_srid', 'geography', 'integer'),
      ('geometrytype', 'geometry|geography', 'text'), ('st_astext', 'geography|geometry, integer', 'text'),
      ('st_asewkt', 'geometry, integer', 'text'), ('st_asgeojson', 'geometry, integer|geometry, integer, integer|geography, integer', 'text'),
      ('st_askml', 'geometry|geometry, integer', 'text'), ('st_asgml', 'geometry|geometry, integer|integer, geometry', 'text'),
      ('st_assvg', 'geometry|geometry, integer|geometry, integer, integer', 'text'), ('st_ashexewkb', 'geometry', 'text'),
      ('st_asencodedpolyline', 'geometry|geometry, integer', 'text'), ('st_aslatlontext', 'geometry|geometry, text', 'text'),
      ('st_geohash', 'geometry, integer|geography', 'text'), ('st_isvalidreason', 'geometry', 'text'),
      ('st_relate', 'geometry, geometry', 'text'), ('st_summary', 'geometry', 'text'),
      ('st_asewkb', 'geometry|geometry, text', 'bytea'), ('st_asbinary', 'geometry, text', 'bytea'), ('st_astwkb', 'geometry|geometry, integer', 'bytea'),
      ('st_isclosed', 'geometry', 'boolean'), ('st_isring', 'geometry', 'boolean'), ('st_issimple', 'geometry', 'boolean'),
      ('st_ispolygonccw', 'geometry', 'boolean'), ('st_ispolygoncw', 'geometry', 'boolean'), ('st_iscollection', 'geometry', 'boolean'),
      ('st_relate', 'geometry, geometry, text', 'boolean'), ('st_containsproperly', 'geometry, geometry', 'boolean'),
      ('st_orderingequals', 'geometry, geometry', 'boolean'), ('st_dfullywithin', 'geometry, geometry, float8', 'boolean'),
      ('st_dwithin', 'geography, geography, float8, boolean', 'boolean'), ('st_3dintersects', 'geometry, geometry', 'boolean'),
      ('st_coveredby', 'geography, geography', 'boolean'),
      ('st_clipbybox2d', 'geometry, box2d', 'geometry'), ('st_geometricmedian', 'geometry', 'geometry'),
      ('st_delaunaytriangles', 'geometry|geometry, float8|geometry, float8, integer', 'geometry'),
      ('st_voronoipolygons', 'geometry', 'geometry'), ('st_voronoilines', 'geometry', 'geometry'),
      ('st_offsetcurve', 'geometry, float8|geometry, float8, text', 'geometry'), ('st_points', 'geometry', 'geometry'),
      ('st_chaikinsmoothing', 'geometry|geometry, integer|geometry, integer, boolean', 'geometry'),
      ('st_reduceprecision', 'geometry, float8', 'geometry'), ('st_quantizecoordinates', 'geometry, integer', 'geometry'),
      ('st_boundingdiagonal', 'geometry', 'geometry'), ('st_sharedpaths', 'geometry, geometry', 'geometry'),
      ('st_affine', 'geometry, float8, float8, float8, float8, float8, float8', 'geometry'),
      ('st_transscale', 'geometry, float8, float8, float8, float8', 'geometry'), ('st_wrapx', 'geometry, float8, float8', 'geometry'),
      ('st_linetocurve', 'geometry', 'geometry'), ('st_forcecurve', 'geometry', 'geometry'),
      ('st_3dclosestpoint', 'geometry, geometry', 'geometry'), ('st_lineextend', 'geometry, float8|geometry, float8, float8', 'geometry'),
      ('st_square', 'float8, integer, integer|float8, integer, integer, geometry', 'geometry'),
      ('st_hexagon', 'float8, integer, integer|float8, integer, integer, geometry', 'geometry'),
      ('st_multipointfromtext', 'text', 'geometry'), ('st_multilinestringfromtext', 'text|text, integer', 'geometry'),
      ('st_multipolygonfromtext', 'text|text, integer', 'geometry'),
      ('st_makebox2d', 'geometry, geometry', 'box2d'), ('st_3dmakebox', 'geometry, geometry', 'box3d'),
      ('st_estimatedextent', 'text, text|text, text, text', 'box2d'),
      ('st_angle', 'geometry, geometry|geometry, geometry, geometry', 'float8'), ('st_minimumclearance', 'geometry', 'float8'),
      ('st_distancespheroid', 'geometry, geometry', 'float8'), ('st_linecrossingdirection', 'geometry, geometry', 'integer'),
      ('st_subdivide', 'geometry|geometry, integer|geometry, integer, float8', 'setof geometry'),
      ('st_dump', 'geometry', 'setof geometry_dump'), ('st_dumppoints', 'geometry', 'setof geometry_dump'),
      ('st_dumprings', 'geometry', 'setof geometry_dump'), ('st_dumpsegments', 'geometry', 'setof geometry_dump')
    ) given(name, args, result)
  loop
    execute pg_catalog.format(made, f.name, f.args, f.result, case f.result
      when 'geometry' then $$ select 'POINT(0 0)'::geometry $$
      when 'geography' then $$ select 'POINT(0 0)'::geography $$
      when 'setof geometry' then $$ select 'POINT(0 0)'::geometry $$
      when 'setof geometry_dump' then $$ select array[1], 'POINT(0 0)'::geometry $$
      when 'float8' then 'select 0::float8'
      when 'integer' then 'select 1'
      when 'boolean' then 'select true'
      when 'point' then $$ select '(0,0)'::point $$
      when 'path' then $$ select '((0,0))'::path $$
      when 'polygon' then $$ select '((0,0))'::polygon $$
      when 'box' then $$ select '(0,0),(0,0)'::box $$
      when 'json' then $$ select '{}'::json $$
      when 'jsonb' then $$ select '{}'::jsonb $$
      else pg_catalog.format($$ select ''::%s $$, f.result) end);
  end loop;
  for f in
    select name, args, pg_catalog.unnest(pg_catalog.string_to_array(result, '|')) as result, how from (values
      ('geometry', 'geometry', 'point|path|polygon|json|jsonb', ''), ('geometry', 'geometry', 'box', 'as assignment'),
      ('geometry', 'geometry', 'box2d|box3d|bytea', 'as implicit'), ('box2d', 'geometry', 'geometry|box3d', 'as implicit'),
      ('box3d', 'geometry', 'geometry|box2d', 'as implicit'), ('point', 'geometry', 'geometry', ''), ('path', 'geometry', 'geometry', ''),
      ('polygon', 'geometry', 'geometry', ''),
      ('bytea', 'geometry', 'geometry', 'as implicit'), ('bytea', 'geometry', 'geography', 'as implicit'),
      ('geography', 'geometry', 'bytea', 'as implicit')
    ) given(name, args, result, how)
  loop
    execute pg_catalog.format('create cast (%s as %s) with function %I(%s) %s', f.name, f.result, f.result, f.name, f.how);
  end loop;
end $do$;
create cast (text as geometry) with inout as assignment;

create aggregate st_union(geometry) (sfunc = st_union(geometry, geometry), stype = geometry);
create aggregate st_collect(geometry) (sfunc = st_collect(geometry, geometry), stype = geometry);
create aggregate st_makeline(geometry) (sfunc = st_makeline(geometry, geometry), stype = geometry);
create aggregate st_memunion(geometry) (sfunc = st_union(geometry, geometry), stype = geometry);
create function box2d_extended(box2d, geometry) returns box2d language sql immutable as 'select $1';
create function box3d_extended(box3d, geometry) returns box3d language sql immutable as 'select $1';
create aggregate st_extent(geometry) (sfunc = box2d_extended, stype = box2d);
create aggregate st_3dextent(geometry) (sfunc = box3d_extended, stype = box3d);
create function st_squaregrid(size float8, bounds geometry, out geom geometry, out i integer, out j integer)
  returns setof record language sql immutable strict as 'select $2, 0, 0';
create function st_hexagongrid(size float8, bounds geometry, out geom geometry, out i integer, out j integer)
  returns setof record language sql immutable strict as 'select $2, 0, 0';
create function st_minimumboundingradius(geometry, out center geometry, out radius float8)
  returns record language sql immutable strict as 'select $1, 0::float8';
create function st_maximuminscribedcircle(geometry, out center geometry, out nearest geometry, out radius float8)
  returns record language sql immutable strict as 'select $1, $1, 0::float8';
create function st_clusterdbscan(geometry, eps float8, minpoints integer) returns integer
  language internal immutable strict window as 'window_row_number';
create function st_clusterkmeans(geom geometry, k integer, max_radius float8 default null) returns integer
  language internal immutable window as 'window_row_number';
create function clusters_extended(geometry[], geometry) returns geometry[] language sql immutable as 'select $1';
create function clusters_extended(geometry[], geometry, float8) returns geometry[] language sql immutable as 'select $1';
create aggregate st_clusterintersecting(geometry) (sfunc = clusters_extended, stype = geometry[]);
create aggregate st_clusterwithin(geometry, float8) (sfunc = clusters_extended, stype = geometry[]);
do $do$
declare args text;
begin
  foreach args in array array['', ', text', ', text, integer', ', text, integer, text', ', text, integer, text, text'] loop
    execute pg_catalog.format('create function mvt_extended(bytea, anyelement%s) returns bytea language sql immutable as ''select $1''',
      args);
    execute pg_catalog.format('create aggregate st_asmvt(anyelement%s) (sfunc = mvt_extended, stype = bytea)', args);
  end loop;
end $do$;
create function updategeometrysrid(table_name varchar, column_name varchar, new_srid integer) returns text
  language sql strict as $$ select '' $$;
create function updategeometrysrid(schema_name varchar, table_name varchar, column_name varchar, new_srid integer)
  returns text language sql strict as $$ select '' $$;

-- Migrations call them by the schema they put the extension into, which need not be on their search_path.
do $do$
declare f record;
begin
  for f in
    select p.oid::regprocedure as name from pg_proc p join pg_language l on l.oid = p.prolang
    where p.pronamespace operator(pg_catalog.=) pg_catalog.current_schema()::regnamespace and l.lanname = 'sql'
      and p.prosrc ~ '::(geometry|geography|box[23]d)'
  loop
    execute pg_catalog.format('alter function %s set search_path from current', f.name);
  end loop;
end $do$;
