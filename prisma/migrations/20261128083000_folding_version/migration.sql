-- Names and documents from before are folded anew by the application when it starts: the rules are src/folding.ts.
CREATE TABLE "folding_version" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "names" INTEGER NOT NULL,
    "documents" INTEGER NOT NULL,

    CONSTRAINT "folding_version_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "folding_version_one_row" CHECK ("id" = 1)
);

insert into folding_version (names, documents) values (0, 0);
