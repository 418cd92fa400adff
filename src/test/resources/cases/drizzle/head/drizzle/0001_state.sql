ALTER TYPE "state" ADD VALUE 'late';--> statement-breakpoint
ALTER TABLE "orders" ADD COLUMN "total" numeric;
