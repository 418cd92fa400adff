package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What migrations do with shapes, where a stand-in takes the place of PostGIS. */
class StandInPostgisTest extends InDirectory {
  @Test
  void placesOnEarthAreMeasuredAndTurnedIntoOneAnother() throws IOException {
    write(
        "V1__map.sql",
        """
        create extension postgis;
        create table place (id int primary key, at geography(point, 4326), area geometry(polygon, 4326));
        create view near as select a.id from place a join place b
          on st_dwithin(a.at, b.at, 250) and st_distance(a.at, b.at) < 9 and st_within(a.area, b.area)
          where st_area(a.area::geography) > 0 and st_isvalid(a.area);
        """);
    write(
        "V2__fence.sql",
        """
        update place set area = st_buffer(st_setsrid(st_makepoint(1, 2), 4326)::geography, 250)::geometry
        where id = 1;
        """);
    CommandLineRun run = lint("V2__fence.sql", "V1__map.sql");

    assertThat(run.err()).isEmpty();
    assertThat(run.status()).isZero();
  }

  @Test
  void gridsClustersAndTilesOfShapesAreThere() throws IOException {
    write(
        "V1__map.sql",
        """
        create extension postgis;
        create table spots (id int primary key, at geometry(point, 4326));
        create view cells as
          select grid.geom from st_squaregrid(0.5, (select st_setsrid(st_extent(at)::geometry, 4326) from spots)) grid;
        create view groups as select id, st_clusterdbscan(at, eps := 5, minpoints := 2) over () from spots;
        create function tile() returns bytea language sql as $$
          select st_asmvt(spot, 'spots') from (select id, st_asmvtgeom(at, st_makebox2d(at, at)) from spots) spot $$;
        select * from cells, groups, tile();
        """);
    write("V2__more.sql", "create table notes (id bigint primary key);\n");
    CommandLineRun run = lint("V2__more.sql", "V1__map.sql");

    assertThat(run.err()).doesNotContain("does not replay");
    assertThat(run.status()).isEqualTo(0);
  }

  @Test
  void shapesCanBeSortedComparedAndUnique() throws IOException {
    write(
        "V1__places.sql",
        """
        create extension postgis;
        create table places (id bigint, at geometry(point, 4326), area geography, unique (at));
        create index on places (area);
        create view spots as select distinct at, area from places order by at, area;
        create view counts as select at, count(*) from places group by at;
        create view pairs as select a.id from places a join places b on a.at = b.at;
        select * from spots, counts, pairs;
        """);
    write("V2__more.sql", "create table notes (id bigint primary key);\n");
    CommandLineRun run = lint("V2__more.sql", "V1__places.sql");

    assertThat(run.err()).doesNotContain("does not replay");
    assertThat(run.status()).isEqualTo(0);
  }

  @Test
  void shapesAreReadBuiltSummedUpAndIndexedFromAnotherSchema() throws IOException {
    write(
        "V1__places.sql",
        """
        create schema postgis;
        create extension postgis schema postgis;
        create table places (id bigint, at postgis.geometry(point, 4326), spot point);
        insert into places select 1, postgis.st_pointfromtext('POINT(1 2)', 4326);
        set search_path = public, postgis;
        insert into places select 2, 'POINT(1 2)'::text;
        update places set spot = st_makepoint(1, 2, 3)::point;
        create index on places using spgist (at);
        create index on places using brin (at);
        create index on places using gist (at gist_geometry_ops_nd);
        create index on places using gist (at);
        insert into places select i, st_geomfromtext(format('POINT(%s %s)', i, i), 4326) from generate_series(3, 2000) i;
        create view bounds as select st_setsrid(st_extent(at), 4326) as extent, st_union(at) as shape,
          min(st_xmin(at)) as x from places;
        select id, (st_dump(at)).geom from places order by at <-> 'POINT(0 0)';
        select distinct at from places;
        """);
    write("V2__more.sql", "create table notes (id bigint primary key);\n");
    CommandLineRun run = lint("V2__more.sql", "V1__places.sql");

    assertThat(run.err()).doesNotContain("does not replay");
    assertThat(run.status()).isEqualTo(0);
  }
}
