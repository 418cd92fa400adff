CREATE TYPE "state" AS ENUM('open', 'paid');--> statement-breakpoint
CREATE TABLE "orders" (
	"id" bigint PRIMARY KEY NOT NULL,
	"state" "state",
	"amount" numeric
);
