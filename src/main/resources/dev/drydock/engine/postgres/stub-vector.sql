-- Types on the storage of text, so that columns, indexes and casts of migrations work; the distances are constants.
create function vector_typmod_in(cstring[]) returns integer language internal immutable strict as 'varchartypmodin';
create function vector_typmod_out(integer) returns cstring language internal immutable strict as 'varchartypmodout';

create type vector;
create function vector_in(cstring) returns vector language internal immutable strict parallel safe as 'textin';
create function vector_out(vector) returns cstring language internal immutable strict parallel safe as 'textout';
create type vector (
  input = vector_in, output = vector_out, typmod_in = vector_typmod_in, typmod_out = vector_typmod_out, storage = external);
create function vector(vector, integer, boolean) returns vector language sql immutable strict as 'select $1';
create cast (vector as vector) with function vector(vector, integer, boolean) as implicit;

create type halfvec;
create function halfvec_in(cstring) returns halfvec language internal immutable strict parallel safe as 'textin';
create function halfvec_out(halfvec) returns cstring language internal immutable strict parallel safe as 'textout';
create type halfvec (
  input = halfvec_in, output = halfvec_out, typmod_in = vector_typmod_in, typmod_out = vector_typmod_out, storage = external);
create function halfvec(halfvec, integer, boolean) returns halfvec language sql immutable strict as 'select $1';
create cast (halfvec as halfvec) with function halfvec(halfvec, integer, boolean) as implicit;

create type sparsevec;
create function sparsevec_in(cstring) returns sparsevec language internal immutable strict parallel safe as 'textin';
create function sparsevec_out(sparsevec) returns cstring language internal immutable strict parallel safe as 'textout';
create type sparsevec (
  input = sparsevec_in, output = sparsevec_out, typmod_in = vector_typmod_in, typmod_out = vector_typmod_out, storage = external);
create function sparsevec(sparsevec, integer, boolean) returns sparsevec language sql immutable strict as 'select $1';
create cast (sparsevec as sparsevec) with function sparsevec(sparsevec, integer, boolean) as implicit;

create function l2_distance(vector, vector) returns double precision language sql immutable strict as 'select 0::float8';
create function inner_product(vector, vector) returns double precision language sql immutable strict as 'select 0::float8';
create function cosine_distance(vector, vector) returns double precision language sql immutable strict as 'select 0::float8';
create function l1_distance(vector, vector) returns double precision language sql immutable strict as 'select 0::float8';
create operator <-> (leftarg = vector, rightarg = vector, function = l2_distance, commutator = <->);
create operator <#> (leftarg = vector, rightarg = vector, function = inner_product, commutator = <#>);
create operator <=> (leftarg = vector, rightarg = vector, function = cosine_distance, commutator = <=>);
create operator <+> (leftarg = vector, rightarg = vector, function = l1_distance, commutator = <+>);
create function vector_dims(vector) returns integer language sql immutable strict as 'select 1';
create function binary_quantize(vector) returns bit language sql immutable strict as 'select ''0''::bit';
create function subvector(vector, integer, integer) returns vector language sql immutable strict as 'select $1';
create function vector_add(vector, vector) returns vector language sql immutable strict as 'select $1';
create operator + (leftarg = vector, rightarg = vector, function = vector_add);
create function vector_sub(vector, vector) returns vector language sql immutable strict as 'select $1';
create operator - (leftarg = vector, rightarg = vector, function = vector_sub);
create function vector_mul(vector, vector) returns vector language sql immutable strict as 'select $1';
create operator * (leftarg = vector, rightarg = vector, function = vector_mul);
create function vector_concat(vector, vector) returns vector language sql immutable strict as 'select $1';
create operator || (leftarg = vector, rightarg = vector, function = vector_concat);
create aggregate sum(vector) (sfunc = vector_add, stype = vector);
create aggregate avg(vector) (sfunc = vector_add, stype = vector);
create function vector_norm(vector) returns double precision language sql immutable strict as 'select 0::float8';
create function l2_normalize(vector) returns vector language sql immutable strict as 'select $1';
create function vector_cmp(vector, vector) returns integer language internal immutable strict as 'bttextcmp';
create function vector_lt(vector, vector) returns boolean language sql immutable strict as 'select false';
create operator < (leftarg = vector, rightarg = vector, function = vector_lt);
create function vector_le(vector, vector) returns boolean language sql immutable strict as 'select true';
create operator <= (leftarg = vector, rightarg = vector, function = vector_le);
create function vector_eq(vector, vector) returns boolean language sql immutable strict as 'select true';
create operator = (leftarg = vector, rightarg = vector, function = vector_eq);
create function vector_ne(vector, vector) returns boolean language sql immutable strict as 'select false';
create operator <> (leftarg = vector, rightarg = vector, function = vector_ne);
create function vector_ge(vector, vector) returns boolean language sql immutable strict as 'select true';
create operator >= (leftarg = vector, rightarg = vector, function = vector_ge);
create function vector_gt(vector, vector) returns boolean language sql immutable strict as 'select false';
create operator > (leftarg = vector, rightarg = vector, function = vector_gt);
create operator class vector_ops default for type vector using btree as
  operator 1 <, operator 2 <=, operator 3 =, operator 4 >=, operator 5 >, function 1 vector_cmp(vector, vector);

create function l2_distance(halfvec, halfvec) returns double precision language sql immutable strict as 'select 0::float8';
create function inner_product(halfvec, halfvec) returns double precision language sql immutable strict as 'select 0::float8';
create function cosine_distance(halfvec, halfvec) returns double precision language sql immutable strict as 'select 0::float8';
create function l1_distance(halfvec, halfvec) returns double precision language sql immutable strict as 'select 0::float8';
create operator <-> (leftarg = halfvec, rightarg = halfvec, function = l2_distance, commutator = <->);
create operator <#> (leftarg = halfvec, rightarg = halfvec, function = inner_product, commutator = <#>);
create operator <=> (leftarg = halfvec, rightarg = halfvec, function = cosine_distance, commutator = <=>);
create operator <+> (leftarg = halfvec, rightarg = halfvec, function = l1_distance, commutator = <+>);
create function vector_dims(halfvec) returns integer language sql immutable strict as 'select 1';
create function binary_quantize(halfvec) returns bit language sql immutable strict as 'select ''0''::bit';
create function subvector(halfvec, integer, integer) returns halfvec language sql immutable strict as 'select $1';
create function halfvec_add(halfvec, halfvec) returns halfvec language sql immutable strict as 'select $1';
create operator + (leftarg = halfvec, rightarg = halfvec, function = halfvec_add);
create function halfvec_sub(halfvec, halfvec) returns halfvec language sql immutable strict as 'select $1';
create operator - (leftarg = halfvec, rightarg = halfvec, function = halfvec_sub);
create function halfvec_mul(halfvec, halfvec) returns halfvec language sql immutable strict as 'select $1';
create operator * (leftarg = halfvec, rightarg = halfvec, function = halfvec_mul);
create function halfvec_concat(halfvec, halfvec) returns halfvec language sql immutable strict as 'select $1';
create operator || (leftarg = halfvec, rightarg = halfvec, function = halfvec_concat);
create aggregate sum(halfvec) (sfunc = halfvec_add, stype = halfvec);
create aggregate avg(halfvec) (sfunc = halfvec_add, stype = halfvec);
create function l2_norm(halfvec) returns double precision language sql immutable strict as 'select 0::float8';
create function l2_normalize(halfvec) returns halfvec language sql immutable strict as 'select $1';
create function halfvec_cmp(halfvec, halfvec) returns integer language internal immutable strict as 'bttextcmp';
create function halfvec_lt(halfvec, halfvec) returns boolean language sql immutable strict as 'select false';
create operator < (leftarg = halfvec, rightarg = halfvec, function = halfvec_lt);
create function halfvec_le(halfvec, halfvec) returns boolean language sql immutable strict as 'select true';
create operator <= (leftarg = halfvec, rightarg = halfvec, function = halfvec_le);
create function halfvec_eq(halfvec, halfvec) returns boolean language sql immutable strict as 'select true';
create operator = (leftarg = halfvec, rightarg = halfvec, function = halfvec_eq);
create function halfvec_ne(halfvec, halfvec) returns boolean language sql immutable strict as 'select false';
create operator <> (leftarg = halfvec, rightarg = halfvec, function = halfvec_ne);
create function halfvec_ge(halfvec, halfvec) returns boolean language sql immutable strict as 'select true';
create operator >= (leftarg = halfvec, rightarg = halfvec, function = halfvec_ge);
create function halfvec_gt(halfvec, halfvec) returns boolean language sql immutable strict as 'select false';
create operator > (leftarg = halfvec, rightarg = halfvec, function = halfvec_gt);
create operator class halfvec_ops default for type halfvec using btree as
  operator 1 <, operator 2 <=, operator 3 =, operator 4 >=, operator 5 >, function 1 halfvec_cmp(halfvec, halfvec);

create function l2_distance(sparsevec, sparsevec) returns double precision language sql immutable strict as 'select 0::float8';
create function inner_product(sparsevec, sparsevec) returns double precision language sql immutable strict as 'select 0::float8';
create function cosine_distance(sparsevec, sparsevec) returns double precision language sql immutable strict as 'select 0::float8';
create function l1_distance(sparsevec, sparsevec) returns double precision language sql immutable strict as 'select 0::float8';
create operator <-> (leftarg = sparsevec, rightarg = sparsevec, function = l2_distance, commutator = <->);
create operator <#> (leftarg = sparsevec, rightarg = sparsevec, function = inner_product, commutator = <#>);
create operator <=> (leftarg = sparsevec, rightarg = sparsevec, function = cosine_distance, commutator = <=>);
create operator <+> (leftarg = sparsevec, rightarg = sparsevec, function = l1_distance, commutator = <+>);
create function l2_norm(sparsevec) returns double precision language sql immutable strict as 'select 0::float8';
create function l2_normalize(sparsevec) returns sparsevec language sql immutable strict as 'select $1';
create function sparsevec_cmp(sparsevec, sparsevec) returns integer language internal immutable strict as 'bttextcmp';
create function sparsevec_lt(sparsevec, sparsevec) returns boolean language sql immutable strict as 'select false';
create operator < (leftarg = sparsevec, rightarg = sparsevec, function = sparsevec_lt);
create function sparsevec_le(sparsevec, sparsevec) returns boolean language sql immutable strict as 'select true';
create operator <= (leftarg = sparsevec, rightarg = sparsevec, function = sparsevec_le);
create function sparsevec_eq(sparsevec, sparsevec) returns boolean language sql immutable strict as 'select true';
create operator = (leftarg = sparsevec, rightarg = sparsevec, function = sparsevec_eq);
create function sparsevec_ne(sparsevec, sparsevec) returns boolean language sql immutable strict as 'select false';
create operator <> (leftarg = sparsevec, rightarg = sparsevec, function = sparsevec_ne);
create function sparsevec_ge(sparsevec, sparsevec) returns boolean language sql immutable strict as 'select true';
create operator >= (leftarg = sparsevec, rightarg = sparsevec, function = sparsevec_ge);
create function sparsevec_gt(sparsevec, sparsevec) returns boolean language sql immutable strict as 'select false';
create operator > (leftarg = sparsevec, rightarg = sparsevec, function = sparsevec_gt);
create operator class sparsevec_ops default for type sparsevec using btree as
  operator 1 <, operator 2 <=, operator 3 =, operator 4 >=, operator 5 >, function 1 sparsevec_cmp(sparsevec, sparsevec);

-- From one type to another, as it is. By the server's own btrim(): an index on a cast is built where no name without a
-- schema is found, and without a function the server would not write the rows anew, as it has to.
create function vector_to_halfvec(vector) returns halfvec language internal immutable strict as 'btrim1';
create cast (vector as halfvec) with function vector_to_halfvec(vector) as implicit;
create function halfvec_to_vector(halfvec) returns vector language internal immutable strict as 'btrim1';
create cast (halfvec as vector) with function halfvec_to_vector(halfvec) as assignment;
create function vector_to_sparsevec(vector) returns sparsevec language internal immutable strict as 'btrim1';
create cast (vector as sparsevec) with function vector_to_sparsevec(vector) as implicit;
create function sparsevec_to_vector(sparsevec) returns vector language internal immutable strict as 'btrim1';
create cast (sparsevec as vector) with function sparsevec_to_vector(sparsevec) as assignment;
create function halfvec_to_sparsevec(halfvec) returns sparsevec language internal immutable strict as 'btrim1';
create cast (halfvec as sparsevec) with function halfvec_to_sparsevec(halfvec) as implicit;
create function sparsevec_to_halfvec(sparsevec) returns halfvec language internal immutable strict as 'btrim1';
create cast (sparsevec as halfvec) with function sparsevec_to_halfvec(sparsevec) as assignment;
create function array_to_vector(integer[], integer, boolean) returns vector language sql immutable strict
  as $$ select vector_in(('[' || array_to_string($1, ',') || ']')::cstring) $$;
create cast (integer[] as vector) with function array_to_vector(integer[], integer, boolean) as assignment;
create function array_to_vector(real[], integer, boolean) returns vector language sql immutable strict
  as $$ select vector_in(('[' || array_to_string($1, ',') || ']')::cstring) $$;
create cast (real[] as vector) with function array_to_vector(real[], integer, boolean) as assignment;
create function array_to_vector(double precision[], integer, boolean) returns vector language sql immutable strict
  as $$ select vector_in(('[' || array_to_string($1, ',') || ']')::cstring) $$;
create cast (double precision[] as vector) with function array_to_vector(double precision[], integer, boolean) as assignment;
create function array_to_vector(numeric[], integer, boolean) returns vector language sql immutable strict
  as $$ select vector_in(('[' || array_to_string($1, ',') || ']')::cstring) $$;
create cast (numeric[] as vector) with function array_to_vector(numeric[], integer, boolean) as assignment;
create function array_to_halfvec(integer[], integer, boolean) returns halfvec language sql immutable strict
  as $$ select halfvec_in(('[' || array_to_string($1, ',') || ']')::cstring) $$;
create cast (integer[] as halfvec) with function array_to_halfvec(integer[], integer, boolean) as assignment;
create function array_to_halfvec(real[], integer, boolean) returns halfvec language sql immutable strict
  as $$ select halfvec_in(('[' || array_to_string($1, ',') || ']')::cstring) $$;
create cast (real[] as halfvec) with function array_to_halfvec(real[], integer, boolean) as assignment;
create function array_to_halfvec(double precision[], integer, boolean) returns halfvec language sql immutable strict
  as $$ select halfvec_in(('[' || array_to_string($1, ',') || ']')::cstring) $$;
create cast (double precision[] as halfvec) with function array_to_halfvec(double precision[], integer, boolean) as assignment;
create function array_to_halfvec(numeric[], integer, boolean) returns halfvec language sql immutable strict
  as $$ select halfvec_in(('[' || array_to_string($1, ',') || ']')::cstring) $$;
create cast (numeric[] as halfvec) with function array_to_halfvec(numeric[], integer, boolean) as assignment;
create function array_to_sparsevec(integer[], integer, boolean) returns sparsevec language sql immutable strict
  as $$ select sparsevec_in(('[' || array_to_string($1, ',') || ']')::cstring) $$;
create cast (integer[] as sparsevec) with function array_to_sparsevec(integer[], integer, boolean) as assignment;
create function array_to_sparsevec(real[], integer, boolean) returns sparsevec language sql immutable strict
  as $$ select sparsevec_in(('[' || array_to_string($1, ',') || ']')::cstring) $$;
create cast (real[] as sparsevec) with function array_to_sparsevec(real[], integer, boolean) as assignment;
create function array_to_sparsevec(double precision[], integer, boolean) returns sparsevec language sql immutable strict
  as $$ select sparsevec_in(('[' || array_to_string($1, ',') || ']')::cstring) $$;
create cast (double precision[] as sparsevec) with function array_to_sparsevec(double precision[], integer, boolean) as assignment;
create function array_to_sparsevec(numeric[], integer, boolean) returns sparsevec language sql immutable strict
  as $$ select sparsevec_in(('[' || array_to_string($1, ',') || ']')::cstring) $$;
create cast (numeric[] as sparsevec) with function array_to_sparsevec(numeric[], integer, boolean) as assignment;
create function vector_to_float4(vector, integer, boolean) returns real[] language sql immutable strict
  as $$ select translate(vector_out($1)::text, '[]', '{}')::real[] $$;
create cast (vector as real[]) with function vector_to_float4(vector, integer, boolean) as implicit;
create function halfvec_to_float4(halfvec, integer, boolean) returns real[] language sql immutable strict
  as $$ select translate(halfvec_out($1)::text, '[]', '{}')::real[] $$;
create cast (halfvec as real[]) with function halfvec_to_float4(halfvec, integer, boolean) as assignment;

create function hamming_distance(bit, bit) returns double precision language sql immutable strict as 'select 0::float8';
create function jaccard_distance(bit, bit) returns double precision language sql immutable strict as 'select 0::float8';
create operator <~> (leftarg = bit, rightarg = bit, function = hamming_distance, commutator = <~>);
create operator <%> (leftarg = bit, rightarg = bit, function = jaccard_distance, commutator = <%>);

-- The nearest-neighbour access methods: hash under another name, since btree insists on its own identity.
create function hnswhandler(internal) returns index_am_handler language internal as 'hashhandler';
create access method hnsw type index handler hnswhandler;
create access method ivfflat type index handler hnswhandler;
create function vector_hash(vector) returns integer language sql immutable strict as 'select 0';
create function halfvec_hash(halfvec) returns integer language sql immutable strict as 'select 0';
create function sparsevec_hash(sparsevec) returns integer language sql immutable strict as 'select 0';
create function bit_hash(bit) returns integer language sql immutable strict as 'select 0';
create operator class vector_l2_ops for type vector using hnsw as operator 1 =, function 1 vector_hash(vector);
create operator class vector_ip_ops for type vector using hnsw as operator 1 =, function 1 vector_hash(vector);
create operator class vector_cosine_ops for type vector using hnsw as operator 1 =, function 1 vector_hash(vector);
create operator class vector_l1_ops for type vector using hnsw as operator 1 =, function 1 vector_hash(vector);
create operator class halfvec_l2_ops for type halfvec using hnsw as operator 1 =, function 1 halfvec_hash(halfvec);
create operator class halfvec_ip_ops for type halfvec using hnsw as operator 1 =, function 1 halfvec_hash(halfvec);
create operator class halfvec_cosine_ops for type halfvec using hnsw as operator 1 =, function 1 halfvec_hash(halfvec);
create operator class halfvec_l1_ops for type halfvec using hnsw as operator 1 =, function 1 halfvec_hash(halfvec);
create operator class sparsevec_l2_ops for type sparsevec using hnsw as operator 1 =, function 1 sparsevec_hash(sparsevec);
create operator class sparsevec_ip_ops for type sparsevec using hnsw as operator 1 =, function 1 sparsevec_hash(sparsevec);
create operator class sparsevec_cosine_ops for type sparsevec using hnsw as operator 1 =, function 1 sparsevec_hash(sparsevec);
create operator class sparsevec_l1_ops for type sparsevec using hnsw as operator 1 =, function 1 sparsevec_hash(sparsevec);
create operator class vector_l2_ops default for type vector using ivfflat as operator 1 =, function 1 vector_hash(vector);
create operator class vector_ip_ops for type vector using ivfflat as operator 1 =, function 1 vector_hash(vector);
create operator class vector_cosine_ops for type vector using ivfflat as operator 1 =, function 1 vector_hash(vector);
create operator class halfvec_l2_ops for type halfvec using ivfflat as operator 1 =, function 1 halfvec_hash(halfvec);
create operator class halfvec_ip_ops for type halfvec using ivfflat as operator 1 =, function 1 halfvec_hash(halfvec);
create operator class halfvec_cosine_ops for type halfvec using ivfflat as operator 1 =, function 1 halfvec_hash(halfvec);
create operator class bit_hamming_ops for type bit using hnsw as operator 1 =, function 1 bit_hash(bit);
create operator class bit_jaccard_ops for type bit using hnsw as operator 1 =, function 1 bit_hash(bit);
create operator class bit_hamming_ops for type bit using ivfflat as operator 1 =, function 1 bit_hash(bit);
