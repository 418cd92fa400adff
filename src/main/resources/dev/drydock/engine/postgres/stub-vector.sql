-- Types on the storage of text, so that columns, indexes and casts of migrations work; the distances are constants.
create type vector;
create function vector_in(cstring) returns vector language internal immutable strict parallel safe as 'textin';
create function vector_out(vector) returns cstring language internal immutable strict parallel safe as 'textout';
create function vector_typmod_in(cstring[]) returns integer language internal immutable strict as 'varchartypmodin';
create function vector_typmod_out(integer) returns cstring language internal immutable strict as 'varchartypmodout';
create type vector (input = vector_in, output = vector_out, typmod_in = vector_typmod_in, typmod_out = vector_typmod_out, storage = external);
create function vector(vector, integer, boolean) returns vector language sql immutable strict as 'select $1';
create cast (vector as vector) with function vector(vector, integer, boolean) as implicit;

create type halfvec;
create function halfvec_in(cstring) returns halfvec language internal immutable strict parallel safe as 'textin';
create function halfvec_out(halfvec) returns cstring language internal immutable strict parallel safe as 'textout';
create type halfvec (input = halfvec_in, output = halfvec_out, typmod_in = vector_typmod_in, typmod_out = vector_typmod_out, storage = external);
create function halfvec(halfvec, integer, boolean) returns halfvec language sql immutable strict as 'select $1';
create cast (halfvec as halfvec) with function halfvec(halfvec, integer, boolean) as implicit;

create type sparsevec;
create function sparsevec_in(cstring) returns sparsevec language internal immutable strict parallel safe as 'textin';
create function sparsevec_out(sparsevec) returns cstring language internal immutable strict parallel safe as 'textout';
create type sparsevec (input = sparsevec_in, output = sparsevec_out, typmod_in = vector_typmod_in, typmod_out = vector_typmod_out, storage = external);

create function l2_distance(vector, vector) returns double precision language sql immutable strict as 'select 0::float8';
create function cosine_distance(vector, vector) returns double precision language sql immutable strict as 'select 0::float8';
create function inner_product(vector, vector) returns double precision language sql immutable strict as 'select 0::float8';
create function l1_distance(vector, vector) returns double precision language sql immutable strict as 'select 0::float8';
create function vector_dims(vector) returns integer language sql immutable strict as 'select 1';
create function vector_norm(vector) returns double precision language sql immutable strict as 'select 0::float8';
create function l2_normalize(vector) returns vector language sql immutable strict as 'select $1';
create function l2_normalize(halfvec) returns halfvec language sql immutable strict as 'select $1';
create function subvector(vector, integer, integer) returns vector language sql immutable strict as 'select $1';
create function subvector(halfvec, integer, integer) returns halfvec language sql immutable strict as 'select $1';
create operator <-> (leftarg = vector, rightarg = vector, function = l2_distance, commutator = <->);
create operator <=> (leftarg = vector, rightarg = vector, function = cosine_distance, commutator = <=>);
create operator <#> (leftarg = vector, rightarg = vector, function = inner_product, commutator = <#>);
create operator <+> (leftarg = vector, rightarg = vector, function = l1_distance, commutator = <+>);

create function vector_compare(vector, vector) returns integer language internal immutable strict as 'bttextcmp';
create function vector_lt(vector, vector) returns boolean language sql immutable strict as 'select false';
create function vector_le(vector, vector) returns boolean language sql immutable strict as 'select true';
create function vector_eq(vector, vector) returns boolean language sql immutable strict as 'select true';
create function vector_ge(vector, vector) returns boolean language sql immutable strict as 'select true';
create function vector_gt(vector, vector) returns boolean language sql immutable strict as 'select false';
create operator < (leftarg = vector, rightarg = vector, function = vector_lt);
create operator <= (leftarg = vector, rightarg = vector, function = vector_le);
create operator = (leftarg = vector, rightarg = vector, function = vector_eq);
create operator >= (leftarg = vector, rightarg = vector, function = vector_ge);
create operator > (leftarg = vector, rightarg = vector, function = vector_gt);
create operator class vector_ops default for type vector using btree as
  operator 1 <, operator 2 <=, operator 3 =, operator 4 >=, operator 5 >, function 1 vector_compare(vector, vector);

-- The nearest-neighbour access methods: hash under another name, since btree insists on its own identity.
create function hnswhandler(internal) returns index_am_handler language internal as 'hashhandler';
create access method hnsw type index handler hnswhandler;
create access method ivfflat type index handler hnswhandler;
create function vector_hash(vector) returns integer language sql immutable strict as 'select 0';
create function halfvec_eq(halfvec, halfvec) returns boolean language sql immutable strict as 'select true';
create operator = (leftarg = halfvec, rightarg = halfvec, function = halfvec_eq);
create function halfvec_hash(halfvec) returns integer language sql immutable strict as 'select 0';
create operator class vector_l2_ops for type vector using hnsw as operator 1 =, function 1 vector_hash(vector);
create operator class vector_ip_ops for type vector using hnsw as operator 1 =, function 1 vector_hash(vector);
create operator class vector_cosine_ops for type vector using hnsw as operator 1 =, function 1 vector_hash(vector);
create operator class vector_l1_ops for type vector using hnsw as operator 1 =, function 1 vector_hash(vector);
create operator class halfvec_l2_ops for type halfvec using hnsw as operator 1 =, function 1 halfvec_hash(halfvec);
create operator class halfvec_ip_ops for type halfvec using hnsw as operator 1 =, function 1 halfvec_hash(halfvec);
create operator class halfvec_cosine_ops for type halfvec using hnsw as operator 1 =, function 1 halfvec_hash(halfvec);
create operator class vector_l2_ops default for type vector using ivfflat as operator 1 =, function 1 vector_hash(vector);
create operator class vector_ip_ops for type vector using ivfflat as operator 1 =, function 1 vector_hash(vector);
create operator class vector_cosine_ops for type vector using ivfflat as operator 1 =, function 1 vector_hash(vector);
create operator class halfvec_l2_ops for type halfvec using ivfflat as operator 1 =, function 1 halfvec_hash(halfvec);
create operator class halfvec_cosine_ops for type halfvec using ivfflat as operator 1 =, function 1 halfvec_hash(halfvec);
