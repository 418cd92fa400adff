UPDATE "orders" SET "total" = "amount" WHERE "amount" > 0;
