-- An export reads what came in in the order of its arrival.
CREATE INDEX "Evidence_arrivedAt_dispatchId_idx" ON "Evidence"("arrivedAt", "dispatchId");
