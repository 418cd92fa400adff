-- CreateIndex
CREATE UNIQUE INDEX "Order_note_key" ON "Order"("note");
