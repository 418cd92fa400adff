-- The types that functions of migrations declare, and the calls that functions in SQL are checked for.
create domain http_method as text;
create type http_header as (field varchar, value varchar);
create type http_request as (method http_method, uri varchar, headers http_header[], content_type varchar, content varchar);
create type http_response as (status integer, content_type varchar, headers http_header[], content varchar);

create function http_header(field varchar, value varchar) returns http_header language sql immutable as 'select row($1, $2)';
create function http(request http_request) returns http_response language sql as 'select null';
create function http_get(uri varchar) returns http_response language sql as 'select null';
create function http_post(uri varchar, content varchar, content_type varchar) returns http_response
  language sql as 'select null';
