alter table decision validate constraint decision_restores_id_fkey;
