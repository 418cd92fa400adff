-- CreateTable
CREATE TABLE "Order" (
    "id" TEXT NOT NULL,
    "note" TEXT,

    CONSTRAINT "Order_pkey" PRIMARY KEY ("id")
);
