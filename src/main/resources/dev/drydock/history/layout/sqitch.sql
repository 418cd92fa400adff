CREATE SCHEMA IF NOT EXISTS registry;
CREATE TABLE registry.releases (
    version real PRIMARY KEY,
    installed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    installer_name text NOT NULL,
    installer_email text NOT NULL
);
CREATE TABLE registry.projects (
    project text PRIMARY KEY,
    uri text UNIQUE,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    creator_name text NOT NULL,
    creator_email text NOT NULL
);
CREATE TABLE registry.changes (
    change_id text PRIMARY KEY,
    script_hash text,
    change text NOT NULL,
    project text NOT NULL REFERENCES registry.projects ON UPDATE CASCADE,
    note text NOT NULL DEFAULT '',
    committed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    committer_name text NOT NULL,
    committer_email text NOT NULL,
    planned_at timestamptz NOT NULL,
    planner_name text NOT NULL,
    planner_email text NOT NULL,
    UNIQUE (project, script_hash)
);
CREATE TABLE registry.tags (
    tag_id text PRIMARY KEY,
    tag text NOT NULL,
    project text NOT NULL REFERENCES registry.projects ON UPDATE CASCADE,
    change_id text NOT NULL REFERENCES registry.changes ON UPDATE CASCADE,
    note text NOT NULL DEFAULT '',
    committed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    committer_name text NOT NULL,
    committer_email text NOT NULL,
    planned_at timestamptz NOT NULL,
    planner_name text NOT NULL,
    planner_email text NOT NULL,
    UNIQUE (project, tag)
);
CREATE TABLE registry.dependencies (
    change_id text NOT NULL REFERENCES registry.changes ON UPDATE CASCADE ON DELETE CASCADE,
    type text NOT NULL,
    dependency text NOT NULL,
    dependency_id text REFERENCES registry.changes ON UPDATE CASCADE,
    PRIMARY KEY (change_id, dependency)
);
CREATE TABLE registry.events (
    event text NOT NULL,
    change_id text NOT NULL,
    change text NOT NULL,
    project text NOT NULL REFERENCES registry.projects ON UPDATE CASCADE,
    note text NOT NULL DEFAULT '',
    requires text[] NOT NULL DEFAULT '{}',
    conflicts text[] NOT NULL DEFAULT '{}',
    tags text[] NOT NULL DEFAULT '{}',
    committed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    committer_name text NOT NULL,
    committer_email text NOT NULL,
    planned_at timestamptz NOT NULL,
    planner_name text NOT NULL,
    planner_email text NOT NULL,
    PRIMARY KEY (change_id, committed_at)
);
