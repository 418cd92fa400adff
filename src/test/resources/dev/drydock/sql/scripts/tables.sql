-- CreateTable
CREATE TABLE IF NOT EXISTS app.orders (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, -- surrogate; never shown
    "order;no" text NOT NULL DEFAULT ';',
    note text DEFAULT 'it''s; fine',
    kind char(1) CHECK (kind IN ('a', ';', '''')),
    CONSTRAINT positive CHECK (id > 0)
) /* closed; */ ;

-- CreateIndex
CREATE UNIQUE INDEX CONCURRENTLY "orders;idx" ON app.orders ("order;no") WHERE note <> ';';;
ALTER TABLE app.orders ADD COLUMN paid boolean, DROP COLUMN IF EXISTS old CASCADE;
/* a /* nested; */ comment; */ ALTER TABLE app.orders ALTER COLUMN paid SET NOT NULL;
DROP TABLE old_orders
