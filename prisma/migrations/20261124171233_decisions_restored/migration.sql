-- AlterTable
ALTER TABLE "decision" ADD COLUMN     "restores_id" INTEGER;

-- AddForeignKey
ALTER TABLE "decision" ADD CONSTRAINT "decision_restores_id_fkey" FOREIGN KEY ("restores_id") REFERENCES "decision"("id") ON DELETE SET NULL ON UPDATE CASCADE;
