BEGIN TRANSACTION;
CREATE TABLE cell(
        wave TEXT NOT NULL REFERENCES wave(id),
        number INTEGER NOT NULL,
        told TEXT NOT NULL,
        PRIMARY KEY(wave, number)
    ) STRICT, WITHOUT ROWID;
INSERT INTO "cell" VALUES('closed',0,'["A1","O1","S1"]');
INSERT INTO "cell" VALUES('closed',1,'["A1","O1","S2"]');
INSERT INTO "cell" VALUES('closed',2,'["A1","O1","S3"]');
INSERT INTO "cell" VALUES('closed',3,'["A1","O3","S1"]');
INSERT INTO "cell" VALUES('closed',4,'["A1","O3","S2"]');
INSERT INTO "cell" VALUES('closed',5,'["A1","O3","S3"]');
INSERT INTO "cell" VALUES('closed',6,'["A2","O2","S1"]');
INSERT INTO "cell" VALUES('closed',7,'["A2","O2","S2"]');
INSERT INTO "cell" VALUES('closed',8,'["A2","O2","S3"]');
INSERT INTO "cell" VALUES('closed',9,'["A2","O4","S1"]');
INSERT INTO "cell" VALUES('closed',10,'["A2","O4","S2"]');
INSERT INTO "cell" VALUES('closed',11,'["A2","O4","S3"]');
INSERT INTO "cell" VALUES('named',0,'["A1","Azienda 0"]');
INSERT INTO "cell" VALUES('named',1,'["A1","Azienda 1"]');
INSERT INTO "cell" VALUES('named',2,'["A1","Azienda 2"]');
INSERT INTO "cell" VALUES('named',3,'["A1","Azienda 3"]');
INSERT INTO "cell" VALUES('named',4,'["A1","Azienda 4"]');
INSERT INTO "cell" VALUES('named',5,'["A1","Azienda 5"]');
INSERT INTO "cell" VALUES('open',0,'["A1","not_assigned","not_assigned"]');
INSERT INTO "cell" VALUES('open',1,'["A2","not_assigned","not_assigned"]');
CREATE TABLE comment(
        wave TEXT NOT NULL REFERENCES wave(id),
        item TEXT NOT NULL,
        slot INTEGER NOT NULL,
        body TEXT NOT NULL,
        PRIMARY KEY(wave, item, slot)
    ) STRICT, WITHOUT ROWID;
INSERT INTO "comment" VALUES('closed','comment',0,'.Va bene così                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                   ');
INSERT INTO "comment" VALUES('closed','comment',1,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',2,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',3,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',4,'.Va bene così                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                   ');
INSERT INTO "comment" VALUES('closed','comment',5,'.Va bene così                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                   ');
INSERT INTO "comment" VALUES('closed','comment',6,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',7,'.Va bene così                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                   ');
INSERT INTO "comment" VALUES('closed','comment',8,'.Va bene così                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                   ');
INSERT INTO "comment" VALUES('closed','comment',9,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',10,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',11,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',12,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',13,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',14,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',15,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',16,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',17,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',18,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',19,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',20,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',21,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',22,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',23,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',24,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',25,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',26,'.Va bene così                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                   ');
INSERT INTO "comment" VALUES('closed','comment',27,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',28,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',29,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',30,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',31,'.Va bene così                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                   ');
INSERT INTO "comment" VALUES('closed','comment',32,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',33,'.Va bene così                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                   ');
INSERT INTO "comment" VALUES('closed','comment',34,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',35,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',36,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',37,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',38,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',39,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',40,'.Va bene così                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                   ');
INSERT INTO "comment" VALUES('closed','comment',41,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',42,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',43,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',44,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',45,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',46,'.Va bene così                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                   ');
INSERT INTO "comment" VALUES('closed','comment',47,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',48,'.Va bene così                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                   ');
INSERT INTO "comment" VALUES('closed','comment',49,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',50,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',51,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',52,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',53,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',54,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',55,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',56,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',57,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',58,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',59,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',60,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',61,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',62,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',63,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',64,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',65,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',66,'.Va bene così                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                   ');
INSERT INTO "comment" VALUES('closed','comment',67,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',68,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',69,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',70,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',71,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',72,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',73,'.Va bene così                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                   ');
INSERT INTO "comment" VALUES('closed','comment',74,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',75,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',76,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',77,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',78,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',79,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',80,'.Va bene così                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                   ');
INSERT INTO "comment" VALUES('closed','comment',81,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',82,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',83,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',84,'.Va bene così                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                   ');
INSERT INTO "comment" VALUES('closed','comment',85,'.Va bene così                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                   ');
INSERT INTO "comment" VALUES('closed','comment',86,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',87,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',88,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',89,'.Va bene così                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                   ');
INSERT INTO "comment" VALUES('closed','comment',90,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',91,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',92,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',93,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',94,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',95,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',96,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('closed','comment',97,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('open','comment',0,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('open','comment',1,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('open','comment',2,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('open','comment',3,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('open','comment',4,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('open','comment',5,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('open','comment',6,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('open','comment',7,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('open','comment',8,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('open','comment',9,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('open','comment',10,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('open','comment',11,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('open','comment',12,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('open','comment',13,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('open','comment',14,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('open','comment',15,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('open','comment',16,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('open','comment',17,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('open','comment',18,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('open','comment',19,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('open','comment',20,'                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                 ');
INSERT INTO "comment" VALUES('open','comment',21,'.Va bene così                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                   ');
INSERT INTO "comment" VALUES('open','comment',22,'.Va bene così                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                                   ');
CREATE TABLE evaluator(
        email TEXT PRIMARY KEY,
        added_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
CREATE TABLE invitation(
        id BLOB PRIMARY KEY,
        wave TEXT NOT NULL REFERENCES wave(id),
        groups TEXT NOT NULL,
        cell INTEGER,
        language TEXT,
        disposition TEXT CHECK(disposition IN ('bounced', 'opted_out', 'withdrawn'))
    ) STRICT, WITHOUT ROWID;
INSERT INTO "invitation" VALUES(X'006B0B63AD77E883538ABEACFA2B261A','closed','["A2","O4","S2"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'018E28C8CB46F2BE89AF80F0AF21A943','closed','["A2","O2","S2"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'02E3834BEE1ECF2DD96DB3C4995EBB27','closed','["A2","O4","S2"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'0664607079D49F012D2A7B2428E2A1DC','closed','["A2","O4","S2"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'07D73D52A8A5676E883BAD454A2FC0DC','closed','["A1","O1","S1"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'0850785142F653DD83529C87FE39243C','closed','["A1","O1","S1"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'08673EF49D5F4D0B38E02C0D2BC68571','closed','["A1","O3","S3"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'0B8480557185325ABFAC02ACF0B95E96','closed','["A2","O2","S3"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'0FB1A70BEBDA7ABA5B9CF6D300D45EAF','closed','["A2","O2","S1"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'15C90EAE96329CE6903292A231BD3B66','closed','["A1","O1","S2"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'17B4FAABCFFA13592DFBF84EB1707807','closed','["A2","O2","S3"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'19B12A66DF9923EC5BCC69353F5EDADC','closed','["A2","O4","S1"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'1BF97AA11A2D21B96773AB1DAA6948B3','closed','["A2","O4","S1"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'205720379E53268CD85A2129FB635385','closed','["A2","O2","S1"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'25240F08B4371A134BDCA419E55E62D6','named','["A1","Azienda 4"]',4,NULL,NULL);
INSERT INTO "invitation" VALUES(X'287281CACB0114102A537BF56C071A8D','named','["A1","Azienda 1"]',1,NULL,NULL);
INSERT INTO "invitation" VALUES(X'2B24C8C1B2796C0F56DBB8A354660D68','closed','["A1","O3","S2"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'2B430DE8E70FC1BB013F334519F5C12E','closed','["A1","O3","S3"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'2E157BD6C072FFA8800474CF60D9D586','closed','["A2","O2","S3"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'32FFE74199A9F45BDFA55F44D1271BD5','closed','["A1","O1","S2"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'3589D998AB5CB39298D9A39375D1BA41','closed','["A1","O1","S2"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'379AEF94B11B4FF56AF7A6C7BEEA2E7B','closed','["A2","O4","S3"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'3CFCAC70FA95F786E10506300E6E6E0F','named','["A1","Azienda 5"]',5,NULL,NULL);
INSERT INTO "invitation" VALUES(X'3F260908E641526A969AD794DDFEC0CE','closed','["A2","O4","S2"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'436DABD943A64DC2A6A48F0EE55D04C9','closed','["A1","O3","S2"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'4AF7BAC39C2E39FE2F67576D8FFF54E5','closed','["A1","O3","S2"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'4B7090CECD86853E38FAD47323E526E4','closed','["A2","O4","S2"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'4C53B4E2D774EF4899B7DB832A4729E0','closed','["A2","O2","S2"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'4E5B8ED232073BFD509C1D7FB4438384','closed','["A1","O3","S2"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'4EC1EE63FEE38AD5D8F33D1835B84D8E','closed','["A2","O4","S2"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'507683B4859670E473E2DB9A68AEA891','open','["A1","O1","S3"]',0,NULL,NULL);
INSERT INTO "invitation" VALUES(X'5275C822962E413EC4FDBA5B109CA78E','open','["A2","O2","S2"]',1,NULL,NULL);
INSERT INTO "invitation" VALUES(X'529F6A3DA844FEF30954D8F8427447B1','closed','["A1","O1","S1"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'57A687C5573D07D7CDCF3BD4410CBFC5','open','["A1","O1","S2"]',0,NULL,NULL);
INSERT INTO "invitation" VALUES(X'57C4C255252AFCE1438EAB717DA89384','closed','["A1","O1","S3"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'57E87D6E5D9E1A233F1BB5895CD96DDB','closed','["A1","O3","S2"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'5802AE79B380F19FF27D3508DC203891','closed','["A1","O3","S1"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'59C88D2A993A0218546CD79219542065','open','["A2","O2","S3"]',1,NULL,NULL);
INSERT INTO "invitation" VALUES(X'5F470E3141D0EA097E715DF33A455674','open','["A1","O3","S3"]',0,NULL,NULL);
INSERT INTO "invitation" VALUES(X'62B84B96E68E37F63C7243A4F4934817','closed','["A2","O4","S1"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'681D2BDF0C012006B64299B9EE1F5086','closed','["A1","O1","S1"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'6D7CE7A6D4EB1800B44F1FC57B9A1E7E','open','["A2","O4","S3"]',1,NULL,NULL);
INSERT INTO "invitation" VALUES(X'6F4AC18F28FEC3A6063E1338DD5C634F','closed','["A2","O2","S3"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'781F3AD6C5AD4864C18CE195946E263C','closed','["A1","O3","S1"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'7B07070CF2C6C8320B2CB5C67EFF8CF2','closed','["A2","O2","S2"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'7CF6ACF0BA29CCE2C7165F16393C6549','closed','["A2","O2","S1"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'82459CFA32E765D15BA8F168E75F462A','draft','["A2","O2","S2"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'84F583A12C2D7DD3E0C06C26CBF4DE82','closed','["A2","O2","S2"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'89237B0EACA2699443441158A845E005','draft','["A1","O1","S1"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'8A449E36B64C2D977E13F3AAD66F019B','closed','["A1","O1","S1"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'8BCB114D9835C11A5CF207D96BC72C86','closed','["A1","O1","S2"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'8C9FAA60D3E1187D7CB0ACEF29EC5E15','closed','["A2","O2","S3"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'92B05F130AD34A39C77C6FB4079AEB0A','closed','["A1","O3","S2"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'9B5E5A51DB87C2C73CF023D09A1E18DB','closed','["A2","O4","S3"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'9BD18399FE69B4331BB88288765389CD','closed','["A2","O2","S2"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'9D5C5BE83E8AB8EE28EF882BF7F2203F','open','["A1","O3","S2"]',0,NULL,NULL);
INSERT INTO "invitation" VALUES(X'A28958CB85CD420C10C6D6CEE743DEE3','closed','["A2","O2","S3"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'A2C19285C96BF32C961F79353CBF1CBF','closed','["A1","O3","S3"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'A2EEB26D7808566BDD7979B915D1134D','closed','["A2","O4","S1"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'A2F5D462B2EB6535FB0CFE0D36BC78EC','closed','["A1","O1","S3"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'A3432178E78173676B27065431821DB1','closed','["A1","O3","S3"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'A578595D0B895EE73F8ED34C68BBD6D3','closed','["A1","O1","S2"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'A8DFCBAE19F8805BB7005BFE6F88C07F','open','["A1","O1","S1"]',0,NULL,NULL);
INSERT INTO "invitation" VALUES(X'A95EC8F56146BBFC657AE685A65D76EC','named','["A1","Azienda 3"]',3,NULL,NULL);
INSERT INTO "invitation" VALUES(X'AAD0FDE7A52B1CCC21BDE09680E3036F','closed','["A1","O3","S1"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'AAE1D687CB522075C39CC4753370F793','closed','["A2","O4","S3"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'B0725F7F337EA91F8AFDCC085EDB9FD1','open','["A2","O2","S1"]',1,NULL,NULL);
INSERT INTO "invitation" VALUES(X'B17C7DE1D3FA6A95C460C5D08E1811FA','closed','["A2","O2","S1"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'B858FFFA7755ED86F16BF4731395689E','closed','["A2","O2","S1"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'B905EFEADBAA6A1B5F33A636618699C1','open','["A2","O4","S1"]',1,NULL,NULL);
INSERT INTO "invitation" VALUES(X'B999188BA5D4DE208AF41190E30B9D75','open','["A1","O3","S1"]',0,NULL,NULL);
INSERT INTO "invitation" VALUES(X'BE3C00E494B2495A6D7F9BABB4075414','named','["A1","Azienda 0"]',0,NULL,NULL);
INSERT INTO "invitation" VALUES(X'C20035356F45A978F5AB79FB7E29B542','closed','["A2","O2","S2"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'C211CD23205D0236A59121151DBAAB92','closed','["A1","O1","S3"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'C265C7AE12CF0BDE09621CA403E0181E','closed','["A1","O1","S3"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'C547D35147570801129C47EA15A10517','open','["A2","O4","S2"]',1,NULL,NULL);
INSERT INTO "invitation" VALUES(X'C6C5318FE64CADD30E547DA59769B909','closed','["A2","O4","S3"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'C9D8D8784E19CF2F94A632027A928E04','closed','["A1","O1","S3"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'CCAFAC129B56D6B83BB2FC19B76B69FF','closed','["A1","O1","S3"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'CE303620A8462AD372357EB043CE6C0F','closed','["A1","O3","S1"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'D247B1C7CEF0BD9B95DF383031ED3305','closed','["A2","O4","S1"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'D7B6C6011D132DAE5338643CA3DC7F86','closed','["A2","O4","S1"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'E11C7D65F04CFCB4DAB732BB962DFCDE','closed','["A2","O2","S1"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'E838EF7FD5D1C09CCE3FB4BF4A58474F','closed','["A1","O1","S1"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'E83D2AFCD167DFADAC0DBC1631894EE9','closed','["A2","O4","S3"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'EAC58AF0DD5EDED10FB1355F087A795E','closed','["A1","O3","S1"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'ECBAAFFFC2916262CC0C39A18CE6B923','closed','["A1","O1","S2"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'ED49E46EB84321E86F0EFED9E7B7F4C4','closed','["A1","O3","S3"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'EFA49D21B6906CDC5EAEAEAA3C2069E9','closed','["A2","O4","S3"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'F0DEAD8FE091FD4C8C87A193775A8036','draft','["A1","O3","S3"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'F191BDCCD9C41F9AD7C8D2FCF6C0ACE5','closed','["A1","O3","S3"]',NULL,NULL,NULL);
INSERT INTO "invitation" VALUES(X'F32B595AE8D1E22847F820AF4B84788C','named','["A1","Azienda 2"]',2,NULL,NULL);
INSERT INTO "invitation" VALUES(X'F9D627C0EE680E289A87F884C7AADBE4','closed','["A1","O3","S1"]',NULL,NULL,NULL);
CREATE TABLE mark(
        mark BLOB PRIMARY KEY,
        wave TEXT NOT NULL REFERENCES wave(id),
        done INTEGER NOT NULL CHECK(done IN (0, 1))
    ) STRICT, WITHOUT ROWID;
INSERT INTO "mark" VALUES(X'0C99B92801C47EB0259ABC4714BAE69723D75D171364A57786C2CF2D7302BEA0','open',1);
INSERT INTO "mark" VALUES(X'1D63E8EA2AB76DB805187822CFBD4C5315474784703CB53F5C9706F92D766E67','open',1);
INSERT INTO "mark" VALUES(X'2B91798B1BCA0C88B1408796B83EA1F257075E5BE41BBFB5F145741E728B12D5','open',0);
INSERT INTO "mark" VALUES(X'31A57FBAF439DE070FD836517E300B196BB71B7BF31054DAC382F4946BD228E4','open',1);
INSERT INTO "mark" VALUES(X'8216C828D2297B856D4EB37331F5018E8E98C8AA51755399B5480359755EBE51','open',1);
INSERT INTO "mark" VALUES(X'9629323801053AC33C7CC1DD6EA372922F0B34B933DFE05E67E7FA40D083A814','open',0);
INSERT INTO "mark" VALUES(X'AFE599904543FACCE397F70EE60D0A2CBF098E2056245F59187E824DB6DFA908','open',0);
INSERT INTO "mark" VALUES(X'C2818724CF56EB1F870890ECB3F31D34C01676E06DF176D5B2459412FAF13335','open',0);
INSERT INTO "mark" VALUES(X'C46084E2A721ED9B4EB687C1237842D4022AF16B9C4EB2E3BAEC691F3360A208','open',0);
INSERT INTO "mark" VALUES(X'C9FB81C0A052B8ED1F43C94F6F2D64216F28CDB11AF903754F19193087C3E509','open',1);
INSERT INTO "mark" VALUES(X'D213D61EA1E32785504D358E39A83E33E9659A0E5C598A5F1CB52A74FD0A1C74','open',1);
INSERT INTO "mark" VALUES(X'D5CF5BDB7F136496F13F09939A03EDDF81396B702CCD55A438B7A71AFDBD33CA','open',1);
CREATE TABLE named_answer(
        invitation BLOB PRIMARY KEY REFERENCES invitation(id),
        wave TEXT NOT NULL REFERENCES wave(id),
        answers TEXT NOT NULL,
        texts TEXT NOT NULL,
        received_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
INSERT INTO "named_answer" VALUES(X'287281CACB0114102A537BF56C071A8D','named','{"employees":6,"sector":"care","relation":2,"needs":2,"needs_health":1,"needs_family":4,"needs_time":3,"useful_actions":["vouchers","summer_camps","childcare","flexible_hours","remote_work","wellbeing","none"],"networking":2}','{}','2026-11-20T09:30:00+00:00');
INSERT INTO "named_answer" VALUES(X'A95EC8F56146BBFC657AE685A65D76EC','named','{"employees":13,"needs":3,"needs_health":4,"needs_family":1,"needs_time":4,"useful_actions":["summer_camps","elder_care","ready_shopping","childcare","training","other","none"],"participation":3}','{"comment": "Va bene così"}','2026-11-20T09:30:00+00:00');
INSERT INTO "named_answer" VALUES(X'BE3C00E494B2495A6D7F9BABB4075414','named','{"employees":39,"sector":"education","relation":1,"needs":5,"needs_health":5,"needs_family":2,"needs_time":4,"useful_actions":["elder_care","ready_shopping","childcare","flexible_hours","other"],"networking":5,"participation":5}','{}','2026-11-20T09:30:00+00:00');
INSERT INTO "named_answer" VALUES(X'F32B595AE8D1E22847F820AF4B84788C','named','{"employees":37,"sector":"care","relation":2,"needs":4,"needs_health":1,"needs_family":4,"needs_time":2,"networking":4,"participation":5}','{}','2026-11-20T09:30:00+00:00');
CREATE TABLE release(
        wave TEXT PRIMARY KEY REFERENCES wave(id),
        body TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
INSERT INTO "release" VALUES('closed','{"format":1,"wave":"closed","title":{"it":"Tutti i tipi di domanda","en":"Every kind of question"},"questionnaire":"all_kinds","version":1,"definition_sha256":"5fc441b08ee4e8b4c33c9552eb24d208430aec973fcbdac166a7e799d24770b4","mode":"anonymous","phase":"final","closed":"2026-11-20T09:30:00+00:00","threshold":5,"synthetic":false,"whole":{"invited":72,"population":72,"responses":60,"complete":53,"partial":7,"figures":{"item/utility":{"tally":{"1":9,"2":13,"3":12,"4":14,"5":12,"DK":0,"":0}},"item/recommend":{"tally":{"0":3,"1":4,"2":5,"3":3,"4":9,"5":5,"6":5,"7":6,"8":6,"9":3,"10":4,"DK":0,"":7}},"item/again":{"tally":{"yes":26,"no":29,"DK":0,"":5}},"item/used":{"tally":{"nursery":29,"camp":30,"vouchers":33,":answered":55,"":5}},"item/hours":{"tally":{"1":1,"10":5,"11":1,"12":1,"13":4,"14":4,"19":4,"2":2,"20":1,"21":2,"22":2,"24":1,"25":2,"26":1,"27":1,"28":2,"29":2,"3":1,"30":1,"31":1,"32":2,"33":1,"34":2,"36":1,"37":1,"4":2,"40":2,"5":1,"6":2,"9":3,"DK":0,"":4}},"item/time_saving":{"tally":{"1":11,"2":4,"3":10,"4":14,"5":13,"DK":0,"":8}},"item/time_balance":{"tally":{"1":13,"2":13,"3":7,"4":12,"5":8,"DK":0,"":7}},"item/confidence":{"tally":{"1":13,"2":8,"3":13,"4":7,"5":8,"DK":0,"":11}},"item/stress":{"tally":{"1":13,"2":9,"3":9,"4":8,"5":12,"DK":0,"":9}},"item/status_before":{"tally":{"seeking":20,"permanent":14,"fixed_term":15,"DK":0,"":11}},"item/status_now":{"tally":{"seeking":20,"permanent":15,"fixed_term":22,"DK":0,"":3}},"item/age_band":{"tally":{"under_35":22,"35_49":18,"50_plus":15,"DK":0,"":5}},"dimension/dimensions/time":{"tally":{"0:0":1,"1:1":3,"1:2":3,"1:3":1,"1:4":4,"1:5":2,"2:2":2,"2:3":3,"2:4":4,"2:5":8,"2:6":11,"2:7":7,"2:8":5,"2:9":4,"2:10":2}},"dimension/dimensions/well_being":{"tally":{"1:1":4,"1:2":3,"1:3":8,"1:4":3,"1:5":2,"2:2":3,"2:3":4,"2:4":4,"2:5":5,"2:6":9,"2:7":4,"2:8":6,"2:9":3,"2:10":2}},"pair/employment":{"tally":{"seeking>seeking":9,"seeking>permanent":3,"seeking>fixed_term":6,"seeking>":2,"permanent>seeking":1,"permanent>permanent":6,"permanent>fixed_term":7,"permanent>":0,"fixed_term>seeking":7,"fixed_term>permanent":3,"fixed_term>fixed_term":5,"fixed_term>":0,">seeking":3,">permanent":3,">fixed_term":4,">":1}},"item/comment":{"tally":{"answered":17}}}},"by":{"alliance":{"groups":{"A1":{"invited":36,"population":36,"responses":30,"complete":26,"partial":4,"figures":{"item/utility":{"tally":{"1":4,"2":7,"3":6,"4":7,"5":6,"DK":0,"":0}},"item/recommend":{"tally":{"0":1,"1":3,"2":2,"3":3,"4":3,"5":2,"6":2,"7":4,"8":3,"9":2,"10":1,"DK":0,"":4}},"item/again":{"tally":{"yes":10,"no":18,"DK":0,"":2}},"item/used":{"tally":{"nursery":16,"camp":17,"vouchers":17,":answered":29,"":1}},"item/hours":{"tally":{"1":1,"10":4,"11":0,"12":0,"13":1,"14":1,"19":1,"2":1,"20":0,"21":2,"22":2,"24":0,"25":2,"26":1,"27":1,"28":1,"29":0,"3":0,"30":1,"31":0,"32":2,"33":0,"34":2,"36":1,"37":0,"4":0,"40":1,"5":1,"6":1,"9":2,"DK":0,"":1}},"item/time_saving":{"tally":{"1":6,"2":1,"3":4,"4":8,"5":5,"DK":0,"":6}},"item/time_balance":{"tally":{"1":8,"2":8,"3":3,"4":6,"5":2,"DK":0,"":3}},"item/confidence":{"tally":{"1":5,"2":5,"3":7,"4":1,"5":5,"DK":0,"":7}},"item/stress":{"tally":{"1":6,"2":7,"3":3,"4":4,"5":3,"DK":0,"":7}},"item/status_before":{"tally":{"seeking":8,"permanent":8,"fixed_term":9,"DK":0,"":5}},"item/status_now":{"tally":{"seeking":8,"permanent":9,"fixed_term":12,"DK":0,"":1}},"item/age_band":{"tally":{"under_35":11,"35_49":9,"50_plus":8,"DK":0,"":2}},"dimension/dimensions/time":{"tally":{"0:0":0,"1:1":3,"1:2":2,"1:3":1,"1:4":2,"1:5":1,"2:2":0,"2:3":1,"2:4":3,"2:5":6,"2:6":5,"2:7":3,"2:8":2,"2:9":1,"2:10":0}},"dimension/dimensions/well_being":{"tally":{"1:1":1,"1:2":3,"1:3":7,"1:4":1,"1:5":2,"2:2":0,"2:3":2,"2:4":0,"2:5":2,"2:6":6,"2:7":2,"2:8":2,"2:9":1,"2:10":1}},"pair/employment":{"tally":{"seeking>seeking":2,"seeking>permanent":2,"seeking>fixed_term":3,"seeking>":1,"permanent>seeking":1,"permanent>permanent":3,"permanent>fixed_term":4,"permanent>":0,"fixed_term>seeking":5,"fixed_term>permanent":2,"fixed_term>fixed_term":2,"fixed_term>":0,">seeking":0,">permanent":2,">fixed_term":3,">":0}},"item/comment":{"withheld":"texts_carry_no_group"}}},"A2":{"invited":36,"population":36,"responses":30,"complete":27,"partial":3,"figures":{"item/utility":{"tally":{"1":5,"2":6,"3":6,"4":7,"5":6,"DK":0,"":0}},"item/recommend":{"tally":{"0":2,"1":1,"2":3,"3":0,"4":6,"5":3,"6":3,"7":2,"8":3,"9":1,"10":3,"DK":0,"":3}},"item/again":{"tally":{"yes":16,"no":11,"DK":0,"":3}},"item/used":{"tally":{"nursery":13,"camp":13,"vouchers":16,":answered":26,"":4}},"item/hours":{"tally":{"1":0,"10":1,"11":1,"12":1,"13":3,"14":3,"19":3,"2":1,"20":1,"21":0,"22":0,"24":1,"25":0,"26":0,"27":0,"28":1,"29":2,"3":1,"30":0,"31":1,"32":0,"33":1,"34":0,"36":0,"37":1,"4":2,"40":1,"5":0,"6":1,"9":1,"DK":0,"":3}},"item/time_saving":{"tally":{"1":5,"2":3,"3":6,"4":6,"5":8,"DK":0,"":2}},"item/time_balance":{"tally":{"1":5,"2":5,"3":4,"4":6,"5":6,"DK":0,"":4}},"item/confidence":{"tally":{"1":8,"2":3,"3":6,"4":6,"5":3,"DK":0,"":4}},"item/stress":{"tally":{"1":7,"2":2,"3":6,"4":4,"5":9,"DK":0,"":2}},"item/status_before":{"tally":{"seeking":12,"permanent":6,"fixed_term":6,"DK":0,"":6}},"item/status_now":{"tally":{"seeking":12,"permanent":6,"fixed_term":10,"DK":0,"":2}},"item/age_band":{"tally":{"under_35":11,"35_49":9,"50_plus":7,"DK":0,"":3}},"dimension/dimensions/time":{"tally":{"0:0":1,"1:1":0,"1:2":1,"1:3":0,"1:4":2,"1:5":1,"2:2":2,"2:3":2,"2:4":1,"2:5":2,"2:6":6,"2:7":4,"2:8":3,"2:9":3,"2:10":2}},"dimension/dimensions/well_being":{"tally":{"1:1":3,"1:2":0,"1:3":1,"1:4":2,"1:5":0,"2:2":3,"2:3":2,"2:4":4,"2:5":3,"2:6":3,"2:7":2,"2:8":4,"2:9":2,"2:10":1}},"pair/employment":{"tally":{"seeking>seeking":7,"seeking>permanent":1,"seeking>fixed_term":3,"seeking>":1,"permanent>seeking":0,"permanent>permanent":3,"permanent>fixed_term":3,"permanent>":0,"fixed_term>seeking":2,"fixed_term>permanent":1,"fixed_term>fixed_term":3,"fixed_term>":0,">seeking":3,">permanent":1,">fixed_term":1,">":1}},"item/comment":{"withheld":"texts_carry_no_group"}}}},"others":[]},"organization":{"groups":{"O1":{"invited":18,"population":18,"responses":15,"complete":12,"partial":3,"figures":{"item/utility":{"tally":{"1":1,"2":3,"3":4,"4":3,"5":4,"DK":0,"":0}},"item/recommend":{"tally":{"0":1,"1":0,"2":2,"3":2,"4":1,"5":0,"6":1,"7":3,"8":1,"9":1,"10":0,"DK":0,"":3}},"item/again":{"tally":{"yes":5,"no":8,"DK":0,"":2}},"item/used":{"tally":{"nursery":9,"camp":11,"vouchers":6,":answered":14,"":1}},"item/hours":{"tally":{"1":1,"10":2,"11":0,"12":0,"13":0,"14":1,"19":1,"2":0,"20":0,"21":1,"22":0,"24":0,"25":1,"26":1,"27":1,"28":0,"29":0,"3":0,"30":1,"31":0,"32":0,"33":0,"34":0,"36":1,"37":0,"4":0,"40":1,"5":0,"6":0,"9":2,"DK":0,"":1}},"item/time_saving":{"tally":{"1":2,"2":0,"3":3,"4":4,"5":1,"DK":0,"":5}},"item/time_balance":{"tally":{"1":4,"2":6,"3":1,"4":1,"5":2,"DK":0,"":1}},"item/confidence":{"tally":{"1":3,"2":3,"3":3,"4":1,"5":1,"DK":0,"":4}},"item/stress":{"tally":{"1":3,"2":4,"3":1,"4":3,"5":1,"DK":0,"":3}},"item/status_before":{"tally":{"seeking":5,"permanent":4,"fixed_term":3,"DK":0,"":3}},"item/status_now":{"tally":{"seeking":4,"permanent":3,"fixed_term":7,"DK":0,"":1}},"item/age_band":{"tally":{"under_35":2,"35_49":4,"50_plus":8,"DK":0,"":1}},"dimension/dimensions/time":{"tally":{"0:0":0,"1:1":2,"1:2":2,"1:3":1,"1:4":0,"1:5":1,"2:2":0,"2:3":1,"2:4":1,"2:5":2,"2:6":2,"2:7":2,"2:8":1,"2:9":0,"2:10":0}},"dimension/dimensions/well_being":{"tally":{"1:1":1,"1:2":2,"1:3":3,"1:4":1,"1:5":0,"2:2":0,"2:3":1,"2:4":0,"2:5":1,"2:6":3,"2:7":2,"2:8":0,"2:9":0,"2:10":1}},"pair/employment":{"tally":{"seeking>seeking":1,"seeking>permanent":1,"seeking>fixed_term":2,"seeking>":1,"permanent>seeking":1,"permanent>permanent":1,"permanent>fixed_term":2,"permanent>":0,"fixed_term>seeking":2,"fixed_term>permanent":0,"fixed_term>fixed_term":1,"fixed_term>":0,">seeking":0,">permanent":1,">fixed_term":2,">":0}},"item/comment":{"withheld":"texts_carry_no_group"}}},"O2":{"invited":18,"population":18,"responses":15,"complete":13,"partial":2,"figures":{"item/utility":{"tally":{"1":0,"2":4,"3":2,"4":6,"5":3,"DK":0,"":0}},"item/recommend":{"tally":{"0":0,"1":1,"2":1,"3":0,"4":2,"5":2,"6":3,"7":1,"8":2,"9":1,"10":1,"DK":0,"":1}},"item/again":{"tally":{"yes":8,"no":6,"DK":0,"":1}},"item/used":{"tally":{"nursery":7,"camp":5,"vouchers":9,":answered":13,"":2}},"item/hours":{"withheld":"protects_another_group"},"item/time_saving":{"withheld":"protects_another_group"},"item/time_balance":{"withheld":"protects_another_group"},"item/confidence":{"withheld":"protects_another_group"},"item/stress":{"withheld":"protects_another_group"},"item/status_before":{"tally":{"seeking":8,"permanent":2,"fixed_term":1,"DK":0,"":4}},"item/status_now":{"tally":{"seeking":7,"permanent":3,"fixed_term":4,"DK":0,"":1}},"item/age_band":{"tally":{"under_35":6,"35_49":3,"50_plus":4,"DK":0,"":2}},"dimension/dimensions/time":{"withheld":"protects_another_group"},"dimension/dimensions/well_being":{"withheld":"protects_another_group"},"pair/employment":{"tally":{"seeking>seeking":5,"seeking>permanent":0,"seeking>fixed_term":3,"seeking>":0,"permanent>seeking":0,"permanent>permanent":1,"permanent>fixed_term":1,"permanent>":0,"fixed_term>seeking":0,"fixed_term>permanent":1,"fixed_term>fixed_term":0,"fixed_term>":0,">seeking":2,">permanent":1,">fixed_term":0,">":1}},"item/comment":{"withheld":"texts_carry_no_group"}}},"O3":{"invited":18,"population":18,"responses":15,"complete":14,"partial":1,"figures":{"item/utility":{"tally":{"1":3,"2":4,"3":2,"4":4,"5":2,"DK":0,"":0}},"item/recommend":{"tally":{"0":0,"1":3,"2":0,"3":1,"4":2,"5":2,"6":1,"7":1,"8":2,"9":1,"10":1,"DK":0,"":1}},"item/again":{"tally":{"yes":5,"no":10,"DK":0,"":0}},"item/used":{"tally":{"nursery":7,"camp":6,"vouchers":11,":answered":15,"":0}},"item/hours":{"tally":{"1":0,"10":2,"11":0,"12":0,"13":1,"14":0,"19":0,"2":1,"20":0,"21":1,"22":2,"24":0,"25":1,"26":0,"27":0,"28":1,"29":0,"3":0,"30":0,"31":0,"32":2,"33":0,"34":2,"36":0,"37":0,"4":0,"40":0,"5":1,"6":1,"9":0,"DK":0,"":0}},"item/time_saving":{"tally":{"1":4,"2":1,"3":1,"4":4,"5":4,"DK":0,"":1}},"item/time_balance":{"tally":{"1":4,"2":2,"3":2,"4":5,"5":0,"DK":0,"":2}},"item/confidence":{"tally":{"1":2,"2":2,"3":4,"4":0,"5":4,"DK":0,"":3}},"item/stress":{"tally":{"1":3,"2":3,"3":2,"4":1,"5":2,"DK":0,"":4}},"item/status_before":{"tally":{"seeking":3,"permanent":4,"fixed_term":6,"DK":0,"":2}},"item/status_now":{"tally":{"seeking":4,"permanent":6,"fixed_term":5,"DK":0,"":0}},"item/age_band":{"tally":{"under_35":9,"35_49":5,"50_plus":0,"DK":0,"":1}},"dimension/dimensions/time":{"tally":{"0:0":0,"1:1":1,"1:2":0,"1:3":0,"1:4":2,"1:5":0,"2:2":0,"2:3":0,"2:4":2,"2:5":4,"2:6":3,"2:7":1,"2:8":1,"2:9":1,"2:10":0}},"dimension/dimensions/well_being":{"tally":{"1:1":0,"1:2":1,"1:3":4,"1:4":0,"1:5":2,"2:2":0,"2:3":1,"2:4":0,"2:5":1,"2:6":3,"2:7":0,"2:8":2,"2:9":1,"2:10":0}},"pair/employment":{"tally":{"seeking>seeking":1,"seeking>permanent":1,"seeking>fixed_term":1,"seeking>":0,"permanent>seeking":0,"permanent>permanent":2,"permanent>fixed_term":2,"permanent>":0,"fixed_term>seeking":3,"fixed_term>permanent":2,"fixed_term>fixed_term":1,"fixed_term>":0,">seeking":0,">permanent":1,">fixed_term":1,">":0}},"item/comment":{"withheld":"texts_carry_no_group"}}},"O4":{"invited":18,"population":18,"responses":15,"complete":14,"partial":1,"figures":{"item/utility":{"tally":{"1":5,"2":2,"3":4,"4":1,"5":3,"DK":0,"":0}},"item/recommend":{"tally":{"0":2,"1":0,"2":2,"3":0,"4":4,"5":1,"6":0,"7":1,"8":1,"9":0,"10":2,"DK":0,"":2}},"item/again":{"tally":{"yes":8,"no":5,"DK":0,"":2}},"item/used":{"tally":{"nursery":6,"camp":8,"vouchers":7,":answered":13,"":2}},"item/hours":{"withheld":"protects_another_group"},"item/time_saving":{"withheld":"protects_another_group"},"item/time_balance":{"withheld":"protects_another_group"},"item/confidence":{"withheld":"protects_another_group"},"item/stress":{"withheld":"protects_another_group"},"item/status_before":{"tally":{"seeking":4,"permanent":4,"fixed_term":5,"DK":0,"":2}},"item/status_now":{"tally":{"seeking":5,"permanent":3,"fixed_term":6,"DK":0,"":1}},"item/age_band":{"tally":{"under_35":5,"35_49":6,"50_plus":3,"DK":0,"":1}},"dimension/dimensions/time":{"withheld":"protects_another_group"},"dimension/dimensions/well_being":{"withheld":"protects_another_group"},"pair/employment":{"tally":{"seeking>seeking":2,"seeking>permanent":1,"seeking>fixed_term":0,"seeking>":1,"permanent>seeking":0,"permanent>permanent":2,"permanent>fixed_term":2,"permanent>":0,"fixed_term>seeking":2,"fixed_term>permanent":0,"fixed_term>fixed_term":3,"fixed_term>":0,">seeking":1,">permanent":0,">fixed_term":1,">":0}},"item/comment":{"withheld":"texts_carry_no_group"}}}},"others":[]},"service":{"groups":{"S1":{"invited":24,"population":24,"responses":20,"complete":18,"partial":2,"figures":{"item/utility":{"tally":{"1":3,"2":5,"3":1,"4":7,"5":4,"DK":0,"":0}},"item/recommend":{"tally":{"0":2,"1":2,"2":5,"3":2,"4":1,"5":1,"6":1,"7":2,"8":1,"9":2,"10":1,"DK":0,"":0}},"item/again":{"tally":{"yes":10,"no":8,"DK":0,"":2}},"item/used":{"tally":{"nursery":9,"camp":11,"vouchers":15,":answered":19,"":1}},"item/hours":{"tally":{"1":0,"10":1,"11":0,"12":0,"13":1,"14":1,"19":2,"2":0,"20":0,"21":1,"22":1,"24":0,"25":0,"26":0,"27":0,"28":2,"29":0,"3":1,"30":0,"31":1,"32":1,"33":1,"34":1,"36":1,"37":0,"4":1,"40":0,"5":0,"6":1,"9":0,"DK":0,"":3}},"item/time_saving":{"tally":{"1":3,"2":1,"3":4,"4":4,"5":6,"DK":0,"":2}},"item/time_balance":{"tally":{"1":6,"2":4,"3":3,"4":4,"5":2,"DK":0,"":1}},"item/confidence":{"tally":{"1":3,"2":2,"3":3,"4":5,"5":3,"DK":0,"":4}},"item/stress":{"tally":{"1":5,"2":2,"3":3,"4":1,"5":6,"DK":0,"":3}},"item/status_before":{"tally":{"seeking":8,"permanent":4,"fixed_term":5,"DK":0,"":3}},"item/status_now":{"tally":{"seeking":7,"permanent":4,"fixed_term":8,"DK":0,"":1}},"item/age_band":{"tally":{"under_35":8,"35_49":7,"50_plus":3,"DK":0,"":2}},"dimension/dimensions/time":{"tally":{"0:0":0,"1:1":2,"1:2":0,"1:3":0,"1:4":1,"1:5":0,"2:2":1,"2:3":1,"2:4":1,"2:5":3,"2:6":4,"2:7":1,"2:8":3,"2:9":3,"2:10":0}},"dimension/dimensions/well_being":{"tally":{"1:1":3,"1:2":0,"1:3":2,"1:4":2,"1:5":0,"2:2":0,"2:3":1,"2:4":2,"2:5":0,"2:6":4,"2:7":3,"2:8":0,"2:9":2,"2:10":1}},"pair/employment":{"tally":{"seeking>seeking":4,"seeking>permanent":0,"seeking>fixed_term":3,"seeking>":1,"permanent>seeking":0,"permanent>permanent":2,"permanent>fixed_term":2,"permanent>":0,"fixed_term>seeking":2,"fixed_term>permanent":1,"fixed_term>fixed_term":2,"fixed_term>":0,">seeking":1,">permanent":1,">fixed_term":1,">":0}},"item/comment":{"withheld":"texts_carry_no_group"}}},"S2":{"invited":24,"population":24,"responses":20,"complete":18,"partial":2,"figures":{"item/utility":{"tally":{"1":2,"2":5,"3":4,"4":5,"5":4,"DK":0,"":0}},"item/recommend":{"tally":{"0":0,"1":1,"2":0,"3":0,"4":4,"5":3,"6":2,"7":3,"8":4,"9":0,"10":1,"DK":0,"":2}},"item/again":{"tally":{"yes":9,"no":11,"DK":0,"":0}},"item/used":{"tally":{"nursery":9,"camp":9,"vouchers":9,":answered":18,"":2}},"item/hours":{"tally":{"1":0,"10":3,"11":0,"12":1,"13":1,"14":1,"19":1,"2":1,"20":0,"21":1,"22":0,"24":0,"25":1,"26":0,"27":1,"28":0,"29":1,"3":0,"30":1,"31":0,"32":1,"33":0,"34":1,"36":0,"37":1,"4":1,"40":1,"5":0,"6":0,"9":1,"DK":0,"":1}},"item/time_saving":{"tally":{"1":2,"2":2,"3":2,"4":6,"5":4,"DK":0,"":4}},"item/time_balance":{"tally":{"1":3,"2":3,"3":2,"4":5,"5":3,"DK":0,"":4}},"item/confidence":{"tally":{"1":6,"2":4,"3":5,"4":1,"5":1,"DK":0,"":3}},"item/stress":{"tally":{"1":5,"2":5,"3":2,"4":3,"5":3,"DK":0,"":2}},"item/status_before":{"tally":{"seeking":7,"permanent":5,"fixed_term":4,"DK":0,"":4}},"item/status_now":{"tally":{"seeking":7,"permanent":6,"fixed_term":6,"DK":0,"":1}},"item/age_band":{"tally":{"under_35":6,"35_49":6,"50_plus":7,"DK":0,"":1}},"dimension/dimensions/time":{"tally":{"0:0":0,"1:1":0,"1:2":2,"1:3":1,"1:4":3,"1:5":2,"2:2":0,"2:3":1,"2:4":1,"2:5":2,"2:6":2,"2:7":3,"2:8":1,"2:9":1,"2:10":1}},"dimension/dimensions/well_being":{"tally":{"1:1":1,"1:2":1,"1:3":2,"1:4":1,"1:5":0,"2:2":1,"2:3":1,"2:4":2,"2:5":2,"2:6":5,"2:7":0,"2:8":4,"2:9":0,"2:10":0}},"pair/employment":{"tally":{"seeking>seeking":3,"seeking>permanent":2,"seeking>fixed_term":2,"seeking>":0,"permanent>seeking":1,"permanent>permanent":2,"permanent>fixed_term":2,"permanent>":0,"fixed_term>seeking":3,"fixed_term>permanent":1,"fixed_term>fixed_term":0,"fixed_term>":0,">seeking":0,">permanent":1,">fixed_term":2,">":1}},"item/comment":{"withheld":"texts_carry_no_group"}}},"S3":{"invited":24,"population":24,"responses":20,"complete":17,"partial":3,"figures":{"item/utility":{"tally":{"1":4,"2":3,"3":7,"4":2,"5":4,"DK":0,"":0}},"item/recommend":{"tally":{"0":1,"1":1,"2":0,"3":1,"4":4,"5":1,"6":2,"7":1,"8":1,"9":1,"10":2,"DK":0,"":5}},"item/again":{"tally":{"yes":7,"no":10,"DK":0,"":3}},"item/used":{"tally":{"nursery":11,"camp":10,"vouchers":9,":answered":18,"":2}},"item/hours":{"tally":{"1":1,"10":1,"11":1,"12":0,"13":2,"14":2,"19":1,"2":1,"20":1,"21":0,"22":1,"24":1,"25":1,"26":1,"27":0,"28":0,"29":1,"3":0,"30":0,"31":0,"32":0,"33":0,"34":0,"36":0,"37":0,"4":0,"40":1,"5":1,"6":1,"9":2,"DK":0,"":0}},"item/time_saving":{"tally":{"1":6,"2":1,"3":4,"4":4,"5":3,"DK":0,"":2}},"item/time_balance":{"tally":{"1":4,"2":6,"3":2,"4":3,"5":3,"DK":0,"":2}},"item/confidence":{"tally":{"1":4,"2":2,"3":5,"4":1,"5":4,"DK":0,"":4}},"item/stress":{"tally":{"1":3,"2":2,"3":4,"4":4,"5":3,"DK":0,"":4}},"item/status_before":{"tally":{"seeking":5,"permanent":5,"fixed_term":6,"DK":0,"":4}},"item/status_now":{"tally":{"seeking":6,"permanent":5,"fixed_term":8,"DK":0,"":1}},"item/age_band":{"tally":{"under_35":8,"35_49":5,"50_plus":5,"DK":0,"":2}},"dimension/dimensions/time":{"tally":{"0:0":1,"1:1":1,"1:2":1,"1:3":0,"1:4":0,"1:5":0,"2:2":1,"2:3":1,"2:4":2,"2:5":3,"2:6":5,"2:7":3,"2:8":1,"2:9":0,"2:10":1}},"dimension/dimensions/well_being":{"tally":{"1:1":0,"1:2":2,"1:3":4,"1:4":0,"1:5":2,"2:2":2,"2:3":2,"2:4":0,"2:5":3,"2:6":0,"2:7":1,"2:8":2,"2:9":1,"2:10":1}},"pair/employment":{"tally":{"seeking>seeking":2,"seeking>permanent":1,"seeking>fixed_term":1,"seeking>":1,"permanent>seeking":0,"permanent>permanent":2,"permanent>fixed_term":3,"permanent>":0,"fixed_term>seeking":2,"fixed_term>permanent":1,"fixed_term>fixed_term":3,"fixed_term>":0,">seeking":2,">permanent":1,">fixed_term":1,">":0}},"item/comment":{"withheld":"texts_carry_no_group"}}}},"others":[]}}}');
CREATE TABLE response(
        wave TEXT NOT NULL REFERENCES wave(id),
        slot INTEGER NOT NULL,
        answers TEXT NOT NULL,
        PRIMARY KEY(wave, slot)
    ) STRICT, WITHOUT ROWID;
INSERT INTO "response" VALUES('closed',0,'{"cell":5,"answers":{"utility":1,"again":"yes","used":["vouchers"],"hours":6,"time_saving":3,"time_balance":1,"confidence":3,"status_now":"fixed_term","age_band":"under_35"}}                                                                                                ');
INSERT INTO "response" VALUES('closed',1,'{"cell":3,"answers":{"utility":2,"recommend":9,"again":"yes","used":["nursery","camp","vouchers"],"hours":21,"time_saving":2,"time_balance":3,"stress":3,"status_before":"permanent","status_now":"fixed_term","age_band":"under_35"}}                                        ');
INSERT INTO "response" VALUES('closed',2,'                                                                                                                                                                                                                                                                              ');
INSERT INTO "response" VALUES('closed',3,'{"cell":1,"answers":{"utility":5,"recommend":6,"again":"no","used":["camp"],"hours":9,"time_saving":3,"confidence":3,"status_before":"permanent","status_now":"fixed_term","age_band":"50_plus"}}                                                                             ');
INSERT INTO "response" VALUES('closed',4,'{"cell":11,"answers":{"utility":1,"recommend":10,"again":"yes","used":["camp","vouchers"],"hours":14,"time_saving":5,"time_balance":5,"confidence":1,"stress":5,"status_before":"permanent","status_now":"fixed_term","age_band":"under_35"}}                                 ');
INSERT INTO "response" VALUES('closed',5,'                                                                                                                                                                                                                                                                              ');
INSERT INTO "response" VALUES('closed',6,'                                                                                                                                                                                                                                                                              ');
INSERT INTO "response" VALUES('closed',7,'{"cell":10,"answers":{"utility":3,"again":"no","used":["camp","vouchers"],"time_saving":4,"confidence":1,"stress":1,"status_now":"fixed_term","age_band":"35_49"}}                                                                                                            ');
INSERT INTO "response" VALUES('closed',8,'                                                                                                                                                                                                                                                                              ');
INSERT INTO "response" VALUES('closed',9,'{"cell":7,"answers":{"utility":4,"recommend":6,"again":"yes","used":["nursery","vouchers"],"hours":37,"time_saving":1,"time_balance":4,"confidence":5,"stress":3,"status_before":"seeking","status_now":"fixed_term","age_band":"under_35"}}                                  ');
INSERT INTO "response" VALUES('closed',10,'                                                                                                                                                                                                                                                                              ');
INSERT INTO "response" VALUES('closed',11,'                                                                                                                                                                                                                                                                              ');
INSERT INTO "response" VALUES('closed',12,'{"cell":3,"answers":{"utility":4,"recommend":1,"again":"no","used":["nursery","camp","vouchers"],"hours":22,"time_saving":4,"time_balance":2,"confidence":2,"stress":5,"status_before":"fixed_term","status_now":"seeking","age_band":"35_49"}}                               ');
INSERT INTO "response" VALUES('closed',13,'{"cell":7,"answers":{"utility":4,"recommend":8,"again":"no","used":["nursery","vouchers"],"hours":29,"time_saving":4,"time_balance":5,"confidence":1,"stress":2,"age_band":"under_35"}}                                                                                       ');
INSERT INTO "response" VALUES('closed',14,'                                                                                                                                                                                                                                                                              ');
INSERT INTO "response" VALUES('closed',15,'                                                                                                                                                                                                                                                                              ');
INSERT INTO "response" VALUES('closed',16,'{"cell":0,"answers":{"utility":2,"recommend":0,"again":"no","used":["nursery","camp","vouchers"],"hours":36,"time_saving":4,"time_balance":4,"confidence":2,"stress":1,"status_before":"permanent","status_now":"permanent","age_band":"50_plus"}}                            ');
INSERT INTO "response" VALUES('closed',17,'{"cell":2,"answers":{"utility":2,"recommend":3,"again":"no","used":["nursery","camp"],"hours":40,"time_balance":2,"confidence":3,"status_before":"seeking","age_band":"under_35"}}                                                                                            ');
INSERT INTO "response" VALUES('closed',18,'                                                                                                                                                                                                                                                                              ');
INSERT INTO "response" VALUES('closed',19,'                                                                                                                                                                                                                                                                              ');
INSERT INTO "response" VALUES('closed',20,'{"cell":11,"answers":{"utility":5,"recommend":4,"used":["camp"],"hours":13,"time_saving":3,"time_balance":4,"confidence":2,"stress":5,"status_before":"fixed_term","status_now":"seeking","age_band":"50_plus"}}                                                              ');
INSERT INTO "response" VALUES('closed',21,'{"cell":0,"answers":{"utility":5,"recommend":3,"again":"yes","used":["nursery","camp"],"hours":14,"time_saving":1,"time_balance":2,"confidence":3,"stress":2,"status_before":"seeking","status_now":"seeking","age_band":"35_49"}}                                            ');
INSERT INTO "response" VALUES('closed',22,'{"cell":4,"answers":{"utility":1,"recommend":4,"again":"no","used":["camp","vouchers"],"hours":10,"time_saving":5,"time_balance":1,"confidence":2,"stress":2,"status_before":"seeking","status_now":"seeking","age_band":"35_49"}}                                            ');
INSERT INTO "response" VALUES('closed',23,'{"cell":1,"answers":{"utility":5,"recommend":7,"again":"yes","used":["nursery","camp"],"hours":30,"time_saving":4,"time_balance":1,"confidence":4,"stress":4,"status_now":"fixed_term","age_band":"50_plus"}}                                                                 ');
INSERT INTO "response" VALUES('closed',24,'{"cell":9,"answers":{"utility":1,"recommend":10,"used":["camp","vouchers"],"hours":3,"time_saving":3,"time_balance":3,"confidence":4,"status_before":"permanent","status_now":"fixed_term","age_band":"35_49"}}                                                               ');
INSERT INTO "response" VALUES('closed',25,'                                                                                                                                                                                                                                                                              ');
INSERT INTO "response" VALUES('closed',26,'                                                                                                                                                                                                                                                                              ');
INSERT INTO "response" VALUES('closed',27,'{"cell":8,"answers":{"utility":4,"recommend":10,"again":"no","used":["nursery","camp","vouchers"],"hours":14,"time_saving":1,"time_balance":1,"confidence":5,"stress":1,"status_now":"seeking","age_band":"under_35"}}                                                        ');
INSERT INTO "response" VALUES('closed',28,'{"cell":7,"answers":{"utility":5,"recommend":5,"again":"yes","used":["camp","vouchers"],"hours":14,"time_saving":4,"time_balance":4,"confidence":1,"stress":3,"status_before":"seeking","status_now":"seeking","age_band":"50_plus"}}                                         ');
INSERT INTO "response" VALUES('closed',29,'{"cell":1,"answers":{"utility":2,"recommend":7,"again":"yes","used":["nursery","camp"],"hours":21,"time_saving":4,"time_balance":3,"confidence":2,"stress":2,"status_before":"permanent","status_now":"fixed_term","age_band":"50_plus"}}                                     ');
INSERT INTO "response" VALUES('closed',30,'{"cell":10,"answers":{"utility":2,"recommend":4,"again":"no","used":["camp"],"hours":12,"time_saving":3,"time_balance":4,"stress":5,"status_before":"fixed_term","status_now":"seeking","age_band":"under_35"}}                                                               ');
INSERT INTO "response" VALUES('closed',31,'                                                                                                                                                                                                                                                                              ');
INSERT INTO "response" VALUES('closed',32,'                                                                                                                                                                                                                                                                              ');
INSERT INTO "response" VALUES('closed',33,'{"cell":2,"answers":{"utility":3,"recommend":4,"used":["nursery","camp"],"hours":25,"time_saving":4,"time_balance":2,"stress":3,"status_before":"seeking","status_now":"permanent","age_band":"35_49"}}                                                                       ');
INSERT INTO "response" VALUES('closed',34,'{"cell":10,"answers":{"utility":3,"recommend":8,"again":"yes","used":["nursery"],"hours":40,"time_saving":2,"time_balance":4,"confidence":2,"stress":4,"status_before":"seeking","status_now":"permanent","age_band":"under_35"}}                                             ');
INSERT INTO "response" VALUES('closed',35,'                                                                                                                                                                                                                                                                              ');
INSERT INTO "response" VALUES('closed',36,'                                                                                                                                                                                                                                                                              ');
INSERT INTO "response" VALUES('closed',37,'                                                                                                                                                                                                                                                                              ');
INSERT INTO "response" VALUES('closed',38,'                                                                                                                                                                                                                                                                              ');
INSERT INTO "response" VALUES('closed',39,'{"cell":8,"answers":{"utility":2,"recommend":4,"again":"no","hours":20,"confidence":3,"stress":2,"status_now":"seeking"}}                                                                                                                                                     ');
INSERT INTO "response" VALUES('closed',40,'{"cell":5,"answers":{"utility":3,"recommend":8,"again":"no","used":["vouchers"],"hours":13,"time_saving":1,"time_balance":4,"confidence":5,"status_before":"fixed_term","status_now":"seeking","age_band":"under_35"}}                                                        ');
INSERT INTO "response" VALUES('closed',41,'                                                                                                                                                                                                                                                                              ');
INSERT INTO "response" VALUES('closed',42,'{"cell":1,"answers":{"utility":3,"recommend":7,"again":"no","used":["camp","vouchers"],"hours":27,"time_balance":2,"stress":2,"status_before":"permanent","status_now":"seeking","age_band":"50_plus"}}                                                                       ');
INSERT INTO "response" VALUES('closed',43,'{"cell":1,"answers":{"utility":4,"recommend":8,"again":"no","hours":10,"time_balance":5,"stress":4,"status_before":"fixed_term","status_now":"seeking","age_band":"50_plus"}}                                                                                                 ');
INSERT INTO "response" VALUES('closed',44,'                                                                                                                                                                                                                                                                              ');
INSERT INTO "response" VALUES('closed',45,'{"cell":0,"answers":{"utility":3,"recommend":2,"used":["camp","vouchers"],"time_balance":1,"confidence":1,"stress":1,"status_before":"fixed_term","status_now":"seeking"}}                                                                                                    ');
INSERT INTO "response" VALUES('closed',46,'                                                                                                                                                                                                                                                                              ');
INSERT INTO "response" VALUES('closed',47,'{"cell":8,"answers":{"utility":5,"recommend":6,"used":["nursery"],"hours":9,"time_saving":4,"time_balance":2,"stress":3,"status_before":"permanent","status_now":"fixed_term","age_band":"35_49"}}                                                                            ');
INSERT INTO "response" VALUES('closed',48,'{"cell":3,"answers":{"utility":2,"recommend":1,"again":"yes","used":["vouchers"],"hours":32,"time_saving":5,"time_balance":1,"confidence":5,"stress":5,"status_before":"fixed_term","status_now":"fixed_term","age_band":"under_35"}}                                         ');
INSERT INTO "response" VALUES('closed',49,'{"cell":8,"answers":{"utility":3,"again":"no","used":["nursery","vouchers"],"hours":19,"time_saving":5,"time_balance":2,"confidence":4,"stress":1,"status_before":"seeking","status_now":"seeking","age_band":"50_plus"}}                                                     ');
INSERT INTO "response" VALUES('closed',50,'{"cell":6,"answers":{"utility":2,"recommend":2,"again":"yes","used":["vouchers"],"hours":31,"time_saving":3,"time_balance":5,"confidence":1,"stress":1,"status_before":"seeking","status_now":"seeking"}}                                                                     ');
INSERT INTO "response" VALUES('closed',51,'                                                                                                                                                                                                                                                                              ');
INSERT INTO "response" VALUES('closed',52,'{"cell":2,"answers":{"utility":4,"again":"no","used":["nursery","vouchers"],"hours":26,"time_saving":1,"time_balance":5,"confidence":1,"stress":4,"status_now":"permanent","age_band":"50_plus"}}                                                                             ');
INSERT INTO "response" VALUES('closed',53,'{"cell":10,"answers":{"utility":3,"recommend":4,"again":"no","used":["nursery","vouchers"],"hours":4,"time_saving":5,"time_balance":5,"confidence":3,"stress":1,"status_before":"permanent","status_now":"permanent","age_band":"35_49"}}                                     ');
INSERT INTO "response" VALUES('closed',54,'{"cell":8,"answers":{"utility":3,"recommend":9,"again":"yes","used":["camp"],"hours":11,"time_saving":1,"time_balance":2,"confidence":3,"stress":4,"status_before":"seeking","status_now":"seeking","age_band":"35_49"}}                                                      ');
INSERT INTO "response" VALUES('closed',55,'{"cell":6,"answers":{"utility":4,"recommend":8,"again":"no","used":["nursery","vouchers"],"hours":13,"time_saving":5,"time_balance":2,"confidence":4,"stress":3,"status_before":"fixed_term","status_now":"permanent","age_band":"under_35"}}                                 ');
INSERT INTO "response" VALUES('closed',56,'{"cell":4,"answers":{"utility":5,"recommend":5,"again":"no","used":["nursery"],"hours":34,"time_saving":5,"time_balance":2,"confidence":1,"stress":2,"status_before":"seeking","status_now":"permanent","age_band":"under_35"}}                                               ');
INSERT INTO "response" VALUES('closed',57,'                                                                                                                                                                                                                                                                              ');
INSERT INTO "response" VALUES('closed',58,'                                                                                                                                                                                                                                                                              ');
INSERT INTO "response" VALUES('closed',59,'                                                                                                                                                                                                                                                                              ');
INSERT INTO "response" VALUES('closed',60,'{"cell":5,"answers":{"utility":3,"recommend":6,"again":"no","used":["nursery","camp"],"hours":5,"time_saving":1,"stress":1,"status_before":"permanent","status_now":"permanent","age_band":"35_49"}}                                                                          ');
INSERT INTO "response" VALUES('closed',61,'{"cell":4,"answers":{"utility":1,"recommend":5,"again":"no","used":["nursery"],"hours":10,"time_saving":4,"confidence":3,"stress":1,"status_before":"seeking","status_now":"fixed_term"}}                                                                                     ');
INSERT INTO "response" VALUES('closed',62,'{"cell":3,"answers":{"utility":4,"recommend":7,"again":"no","used":["vouchers"],"hours":34,"time_saving":1,"time_balance":4,"confidence":3,"status_now":"permanent","age_band":"under_35"}}                                                                                   ');
INSERT INTO "response" VALUES('closed',63,'{"cell":6,"answers":{"utility":4,"recommend":7,"again":"yes","used":["camp","vouchers"],"hours":19,"time_saving":5,"time_balance":4,"confidence":4,"status_before":"seeking","status_now":"fixed_term","age_band":"35_49"}}                                                   ');
INSERT INTO "response" VALUES('closed',64,'{"cell":9,"answers":{"utility":4,"recommend":2,"again":"yes","used":["camp","vouchers"],"time_saving":5,"time_balance":1,"confidence":3,"stress":5,"status_before":"fixed_term","status_now":"fixed_term","age_band":"50_plus"}}                                              ');
INSERT INTO "response" VALUES('closed',65,'                                                                                                                                                                                                                                                                              ');
INSERT INTO "response" VALUES('closed',66,'{"cell":0,"answers":{"utility":4,"recommend":9,"again":"yes","used":["nursery","camp"],"hours":10,"time_balance":1,"stress":5,"status_before":"seeking","status_now":"fixed_term","age_band":"under_35"}}                                                                     ');
INSERT INTO "response" VALUES('closed',67,'                                                                                                                                                                                                                                                                              ');
INSERT INTO "response" VALUES('closed',68,'                                                                                                                                                                                                                                                                              ');
INSERT INTO "response" VALUES('closed',69,'                                                                                                                                                                                                                                                                              ');
INSERT INTO "response" VALUES('closed',70,'                                                                                                                                                                                                                                                                              ');
INSERT INTO "response" VALUES('closed',71,'{"cell":6,"answers":{"utility":2,"recommend":6,"again":"yes","used":["camp"],"hours":28,"time_saving":1,"time_balance":1,"confidence":4,"stress":4,"status_before":"seeking","status_now":"fixed_term","age_band":"under_35"}}                                                ');
INSERT INTO "response" VALUES('closed',72,'{"cell":0,"answers":{"utility":5,"recommend":2,"again":"no","used":["vouchers"],"hours":19,"time_saving":3,"time_balance":2,"confidence":5,"stress":1,"status_now":"fixed_term","age_band":"35_49"}}                                                                          ');
INSERT INTO "response" VALUES('closed',73,'{"cell":9,"answers":{"utility":1,"recommend":2,"again":"yes","used":["nursery","camp"],"hours":33,"time_saving":3,"time_balance":1,"stress":5,"status_before":"seeking","status_now":"seeking","age_band":"under_35"}}                                                        ');
INSERT INTO "response" VALUES('closed',74,'                                                                                                                                                                                                                                                                              ');
INSERT INTO "response" VALUES('closed',75,'                                                                                                                                                                                                                                                                              ');
INSERT INTO "response" VALUES('closed',76,'                                                                                                                                                                                                                                                                              ');
INSERT INTO "response" VALUES('closed',77,'{"cell":4,"answers":{"utility":2,"recommend":8,"again":"no","used":["vouchers"],"hours":25,"time_balance":4,"confidence":1,"stress":1,"status_before":"fixed_term","status_now":"permanent","age_band":"35_49"}}                                                              ');
INSERT INTO "response" VALUES('closed',78,'                                                                                                                                                                                                                                                                              ');
INSERT INTO "response" VALUES('closed',79,'{"cell":10,"answers":{"utility":2,"again":"yes","hours":2,"time_saving":2,"time_balance":1,"confidence":1,"stress":5,"status_before":"seeking","status_now":"seeking","age_band":"35_49"}}                                                                                    ');
INSERT INTO "response" VALUES('closed',80,'{"cell":3,"answers":{"utility":4,"recommend":3,"again":"no","used":["nursery","vouchers"],"hours":28,"time_saving":5,"time_balance":4,"confidence":5,"stress":2,"status_before":"permanent","status_now":"permanent","age_band":"under_35"}}                                  ');
INSERT INTO "response" VALUES('closed',81,'                                                                                                                                                                                                                                                                              ');
INSERT INTO "response" VALUES('closed',82,'                                                                                                                                                                                                                                                                              ');
INSERT INTO "response" VALUES('closed',83,'{"cell":7,"answers":{"utility":2,"recommend":4,"again":"yes","used":["vouchers"],"hours":13,"time_saving":5,"confidence":2,"stress":5,"status_before":"permanent","status_now":"permanent","age_band":"under_35"}}                                                            ');
INSERT INTO "response" VALUES('closed',84,'{"cell":5,"answers":{"utility":2,"recommend":1,"again":"yes","used":["camp","vouchers"],"hours":2,"time_saving":4,"time_balance":4,"stress":4,"status_before":"fixed_term","status_now":"permanent","age_band":"under_35"}}                                                   ');
INSERT INTO "response" VALUES('closed',85,'{"cell":11,"answers":{"utility":5,"recommend":7,"again":"yes","hours":29,"time_saving":1,"time_balance":5,"confidence":5,"stress":3,"status_before":"fixed_term","status_now":"fixed_term","age_band":"50_plus"}}                                                             ');
INSERT INTO "response" VALUES('closed',86,'{"cell":9,"answers":{"utility":5,"recommend":4,"again":"yes","used":["nursery","vouchers"],"hours":6,"time_saving":5,"time_balance":3,"confidence":4,"stress":1,"status_now":"seeking","age_band":"35_49"}}                                                                   ');
INSERT INTO "response" VALUES('closed',87,'                                                                                                                                                                                                                                                                              ');
INSERT INTO "response" VALUES('closed',88,'{"cell":11,"answers":{"utility":3,"recommend":0,"again":"yes","used":["nursery"],"hours":24,"time_saving":2,"time_balance":3,"confidence":1,"stress":5,"status_before":"permanent","status_now":"permanent","age_band":"under_35"}}                                           ');
INSERT INTO "response" VALUES('closed',89,'{"cell":11,"answers":{"utility":1,"recommend":5,"again":"no","used":["nursery","camp"],"hours":10,"time_saving":3,"time_balance":3,"confidence":3,"stress":4,"status_before":"fixed_term","status_now":"fixed_term"}}                                                         ');
INSERT INTO "response" VALUES('closed',90,'{"cell":2,"answers":{"utility":3,"again":"yes","used":["nursery","camp"],"hours":1,"time_saving":3,"time_balance":1,"confidence":1,"stress":2,"status_before":"seeking","status_now":"fixed_term","age_band":"50_plus"}}                                                      ');
INSERT INTO "response" VALUES('closed',91,'{"cell":6,"answers":{"utility":5,"recommend":5,"again":"no","hours":4,"time_saving":4,"stress":5,"status_before":"seeking","status_now":"seeking","age_band":"50_plus"}}                                                                                                      ');
INSERT INTO "response" VALUES('closed',92,'{"cell":2,"answers":{"utility":1,"again":"no","used":["vouchers"],"hours":9,"time_saving":5,"time_balance":2,"confidence":2,"status_before":"fixed_term","status_now":"fixed_term","age_band":"35_49"}}                                                                       ');
INSERT INTO "response" VALUES('closed',93,'{"cell":5,"answers":{"utility":5,"recommend":4,"again":"no","used":["nursery","vouchers"],"hours":22,"time_saving":4,"time_balance":1,"confidence":5,"stress":3,"status_before":"permanent","status_now":"fixed_term","age_band":"under_35"}}                                 ');
INSERT INTO "response" VALUES('closed',94,'{"cell":9,"answers":{"utility":1,"recommend":0,"again":"no","used":["vouchers"],"time_saving":4,"time_balance":5,"confidence":1,"stress":3,"status_before":"seeking","age_band":"35_49"}}                                                                                     ');
INSERT INTO "response" VALUES('closed',95,'{"cell":7,"answers":{"utility":4,"recommend":1,"again":"yes","used":["nursery"],"hours":19,"time_balance":2,"confidence":3,"stress":1,"status_now":"permanent","age_band":"50_plus"}}                                                                                         ');
INSERT INTO "response" VALUES('closed',96,'{"cell":4,"answers":{"utility":4,"recommend":10,"again":"yes","used":["camp"],"hours":32,"time_saving":1,"time_balance":3,"confidence":3,"status_before":"fixed_term","status_now":"seeking","age_band":"35_49"}}                                                             ');
INSERT INTO "response" VALUES('closed',97,'                                                                                                                                                                                                                                                                              ');
INSERT INTO "response" VALUES('open',0,'                                                                                                                                                                                                                                                                              ');
INSERT INTO "response" VALUES('open',1,'{"cell":1,"answers":{"utility":1,"recommend":0,"again":"no","used":["nursery","camp"],"hours":14,"time_saving":2,"time_balance":3,"confidence":5,"stress":2,"status_before":"permanent","age_band":"35_49"}}                                                                  ');
INSERT INTO "response" VALUES('open',2,'                                                                                                                                                                                                                                                                              ');
INSERT INTO "response" VALUES('open',3,'{"cell":1,"answers":{"utility":5,"recommend":9,"again":"yes","used":["nursery"],"hours":30,"time_saving":2,"time_balance":2,"confidence":4,"stress":1,"status_before":"seeking","status_now":"fixed_term","age_band":"35_49"}}                                                ');
INSERT INTO "response" VALUES('open',4,'                                                                                                                                                                                                                                                                              ');
INSERT INTO "response" VALUES('open',5,'{"cell":0,"answers":{"utility":5,"recommend":10,"again":"yes","used":["nursery"],"hours":26,"time_saving":1,"time_balance":5,"confidence":2,"stress":4,"status_before":"seeking","status_now":"seeking"}}                                                                     ');
INSERT INTO "response" VALUES('open',6,'                                                                                                                                                                                                                                                                              ');
INSERT INTO "response" VALUES('open',7,'                                                                                                                                                                                                                                                                              ');
INSERT INTO "response" VALUES('open',8,'{"cell":1,"answers":{"utility":1,"recommend":1,"again":"yes","used":["nursery","vouchers"],"hours":12,"time_saving":3,"time_balance":2,"confidence":1,"stress":5,"status_before":"permanent","status_now":"permanent","age_band":"under_35"}}                                 ');
INSERT INTO "response" VALUES('open',9,'                                                                                                                                                                                                                                                                              ');
INSERT INTO "response" VALUES('open',10,'                                                                                                                                                                                                                                                                              ');
INSERT INTO "response" VALUES('open',11,'{"cell":0,"answers":{"utility":5,"recommend":4,"again":"no","used":["vouchers"],"hours":20,"time_saving":1,"time_balance":1,"confidence":5,"stress":5,"status_before":"permanent","age_band":"35_49"}}                                                                        ');
INSERT INTO "response" VALUES('open',12,'                                                                                                                                                                                                                                                                              ');
INSERT INTO "response" VALUES('open',13,'{"cell":0,"answers":{"utility":5,"recommend":1,"again":"yes","used":["nursery","vouchers"],"hours":32,"time_saving":2,"time_balance":1,"confidence":3,"stress":5,"status_before":"permanent","status_now":"permanent"}}                                                       ');
INSERT INTO "response" VALUES('open',14,'                                                                                                                                                                                                                                                                              ');
INSERT INTO "response" VALUES('open',15,'                                                                                                                                                                                                                                                                              ');
INSERT INTO "response" VALUES('open',16,'                                                                                                                                                                                                                                                                              ');
INSERT INTO "response" VALUES('open',17,'                                                                                                                                                                                                                                                                              ');
INSERT INTO "response" VALUES('open',18,'                                                                                                                                                                                                                                                                              ');
INSERT INTO "response" VALUES('open',19,'                                                                                                                                                                                                                                                                              ');
INSERT INTO "response" VALUES('open',20,'                                                                                                                                                                                                                                                                              ');
INSERT INTO "response" VALUES('open',21,'{"cell":0,"answers":{"utility":5,"recommend":1,"again":"no","hours":24,"time_saving":4,"time_balance":2,"confidence":1,"stress":2,"status_before":"permanent","status_now":"permanent","age_band":"50_plus"}}                                                                 ');
INSERT INTO "response" VALUES('open',22,'                                                                                                                                                                                                                                                                              ');
CREATE TABLE sign_in(
        hash TEXT PRIMARY KEY,
        email TEXT NOT NULL REFERENCES evaluator(email) ON DELETE CASCADE,
        expires TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
CREATE TABLE wave(
        id TEXT PRIMARY KEY,
        title TEXT NOT NULL,
        questionnaire TEXT NOT NULL,
        version INTEGER NOT NULL,
        mode TEXT NOT NULL CHECK(mode IN ('anonymous', 'named', 'panel')),
        phase TEXT NOT NULL CHECK(phase IN ('baseline', 'monitoring', 'final')),
        state TEXT NOT NULL CHECK(state IN ('draft', 'open', 'closing', 'closed')),
        opens TEXT,
        closes TEXT,
        timezone TEXT NOT NULL,
        threshold INTEGER NOT NULL CHECK(threshold >= 3),
        population TEXT NOT NULL,
        synthetic INTEGER NOT NULL CHECK(synthetic IN (0, 1)),
        definition TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        slots INTEGER NOT NULL DEFAULT 0,
        width INTEGER NOT NULL DEFAULT 0,
        closed_at TEXT
    ) STRICT, WITHOUT ROWID;
INSERT INTO "wave" VALUES('closed','{"it": "Tutti i tipi di domanda", "en": "Every kind of question"}','all_kinds',1,'anonymous','final','closed','2026-11-20',NULL,'Europe/Rome',5,'{"how": "invited", "total": null, "strata": []}',0,'{
  "$schema": "../../questionnaires/questionnaire.schema.json",
  "id": "all_kinds",
  "version": 1,
  "audience": "beneficiary",
  "mode": "anonymous",
  "languages": ["it", "en"],
  "title": {"it": "Tutti i tipi di domanda", "en": "Every kind of question"},
  "introduction": {
    "it": "Le domande riguardano il servizio che ha usato negli ultimi dodici mesi.",
    "en": "The questions are about the service that you used in the last twelve months."
  },
  "breakdowns": [
    {"id": "alliance", "from": "invitation", "label": {"it": "Alleanza", "en": "Alliance"}},
    {"id": "organization", "from": "invitation", "inside": "alliance", "label": {"it": "Organizzazione", "en": "Organization"}},
    {"id": "service", "from": "invitation", "label": {"it": "Servizio", "en": "Service"}}
  ],
  "scales": {
    "agreement": {
      "points": [
        {"value": 1, "label": {"it": "Per niente d''accordo", "en": "Strongly disagree"}},
        {"value": 2, "label": {"it": "Poco d''accordo", "en": "Disagree"}},
        {"value": 3, "label": {"it": "Né d''accordo né in disaccordo", "en": "Neither agree nor disagree"}},
        {"value": 4, "label": {"it": "D''accordo", "en": "Agree"}},
        {"value": 5, "label": {"it": "Del tutto d''accordo", "en": "Strongly agree"}}
      ],
      "not_applicable": {"it": "Non so", "en": "Don''t know"},
      "top2": [4, 5],
      "bottom2": [1, 2]
    },
    "likelihood": {
      "points": [
        {"value": 0, "label": {"it": "Per niente probabile", "en": "Not at all likely"}},
        {"value": 1, "label": {"it": "1", "en": "1"}},
        {"value": 2, "label": {"it": "2", "en": "2"}},
        {"value": 3, "label": {"it": "3", "en": "3"}},
        {"value": 4, "label": {"it": "4", "en": "4"}},
        {"value": 5, "label": {"it": "5", "en": "5"}},
        {"value": 6, "label": {"it": "6", "en": "6"}},
        {"value": 7, "label": {"it": "7", "en": "7"}},
        {"value": 8, "label": {"it": "8", "en": "8"}},
        {"value": 9, "label": {"it": "9", "en": "9"}},
        {"value": 10, "label": {"it": "Del tutto probabile", "en": "Extremely likely"}}
      ]
    }
  },
  "sections": [
    {
      "id": "service_use",
      "title": {"it": "Il servizio", "en": "The service"},
      "items": [
        {
          "id": "utility",
          "kind": "scale",
          "scale": "agreement",
          "required": true,
          "text": {"it": "Il servizio mi è stato utile.", "en": "The service was useful to me."},
          "help": {"it": "Pensi agli ultimi dodici mesi.", "en": "Think of the last twelve months."}
        },
        {
          "id": "recommend",
          "kind": "scale",
          "scale": "likelihood",
          "text": {"it": "Consiglierebbe il servizio?", "en": "Would you recommend the service?"}
        },
        {
          "id": "again",
          "kind": "choice",
          "text": {"it": "Lo userebbe di nuovo?", "en": "Would you use it again?"},
          "options": [
            {"value": "yes", "label": {"it": "Sì", "en": "Yes"}},
            {"value": "no", "label": {"it": "No", "en": "No"}}
          ],
          "not_applicable": {"it": "Non so", "en": "Don''t know"}
        },
        {
          "id": "used",
          "kind": "choices",
          "text": {"it": "Quali servizi ha usato?", "en": "Which services did you use?"},
          "options": [
            {"value": "nursery", "label": {"it": "Asilo nido", "en": "Nursery"}},
            {"value": "camp", "label": {"it": "Centro estivo", "en": "Summer camp"}},
            {"value": "vouchers", "label": {"it": "Buoni e convenzioni", "en": "Vouchers and agreements"}}
          ]
        },
        {
          "id": "hours",
          "kind": "number",
          "minimum": 0,
          "maximum": 40.5,
          "decimals": 1,
          "text": {"it": "Quante ore alla settimana ha risparmiato?", "en": "How many hours a week did you save?"},
          "not_applicable": {"it": "Non so", "en": "Don''t know"}
        }
      ]
    },
    {
      "id": "impact",
      "title": {"it": "Gli effetti", "en": "The effects"},
      "items": [
        {
          "id": "time_saving",
          "kind": "scale",
          "scale": "agreement",
          "text": {"it": "Ho risparmiato tempo.", "en": "I saved time."}
        },
        {
          "id": "time_balance",
          "kind": "scale",
          "scale": "agreement",
          "text": {"it": "Ho conciliato meglio lavoro e famiglia.", "en": "I balanced work and family better."}
        },
        {
          "id": "confidence",
          "kind": "scale",
          "scale": "agreement",
          "text": {"it": "Ho più fiducia in me.", "en": "I am more confident."}
        },
        {
          "id": "stress",
          "kind": "scale",
          "scale": "agreement",
          "reversed": true,
          "text": {"it": "Mi sento sotto pressione.", "en": "I feel under pressure."}
        }
      ]
    },
    {
      "id": "you",
      "title": {"it": "Lei", "en": "You"},
      "items": [
        {
          "id": "status_before",
          "kind": "choice",
          "text": {"it": "Qual era la sua condizione prima?", "en": "What was your status before?"},
          "options": [
            {"value": "seeking", "label": {"it": "In cerca di lavoro", "en": "Seeking work"}},
            {"value": "permanent", "label": {"it": "Tempo indeterminato", "en": "Permanent"}},
            {"value": "fixed_term", "label": {"it": "Tempo determinato", "en": "Fixed-term"}}
          ]
        },
        {
          "id": "status_now",
          "kind": "choice",
          "text": {"it": "Qual è la sua condizione ora?", "en": "What is your status now?"},
          "options": [
            {"value": "seeking", "label": {"it": "In cerca di lavoro", "en": "Seeking work"}},
            {"value": "permanent", "label": {"it": "Tempo indeterminato", "en": "Permanent"}},
            {"value": "fixed_term", "label": {"it": "Tempo determinato", "en": "Fixed-term"}}
          ]
        },
        {
          "id": "age_band",
          "kind": "choice",
          "demographic": true,
          "text": {"it": "Quanti anni ha?", "en": "How old are you?"},
          "options": [
            {"value": "under_35", "label": {"it": "Meno di 35", "en": "Under 35"}},
            {"value": "35_49", "label": {"it": "Da 35 a 49", "en": "35 to 49"}},
            {"value": "50_plus", "label": {"it": "50 o più", "en": "50 or over"}}
          ]
        },
        {
          "id": "comment",
          "kind": "text",
          "max_length": 200,
          "text": {"it": "Vuole aggiungere qualcosa?", "en": "Would you like to add anything?"}
        }
      ]
    }
  ],
  "indicators": [
    {"id": "utility_mean", "kind": "mean", "item": "utility", "label": {"it": "Utilità percepita", "en": "Perceived utility"}},
    {"id": "useful", "kind": "share", "item": "utility", "values": [4, 5]},
    {"id": "use_again", "kind": "share", "item": "again", "values": ["yes"]},
    {
      "id": "recommendation",
      "kind": "recommendation",
      "item": "recommend",
      "would": [7, 8, 9, 10],
      "promoters": [9, 10],
      "passives": [7, 8],
      "detractors": [0, 1, 2, 3, 4, 5, 6]
    },
    {"id": "employment", "kind": "status_change", "before": "status_before", "after": "status_now"},
    {
      "id": "dimensions",
      "kind": "profile",
      "dimensions": [
        {"id": "time", "label": {"it": "Tempo", "en": "Time"}, "items": ["time_saving", "time_balance"]},
        {"id": "well_being", "label": {"it": "Benessere", "en": "Well-being"}, "items": ["confidence", "stress"]}
      ]
    },
    {"id": "hours_saved", "kind": "summary", "item": "hours"}
  ],
  "completeness": {"complete": 0.8, "partial": 0.4}
}
','5fc441b08ee4e8b4c33c9552eb24d208430aec973fcbdac166a7e799d24770b4',98,270,'2026-11-20T09:30:00+00:00');
INSERT INTO "wave" VALUES('draft','{"it": "Tutti i tipi di domanda", "en": "Every kind of question"}','all_kinds',1,'anonymous','final','draft',NULL,NULL,'Europe/Rome',5,'{"how": "invited", "total": null, "strata": []}',0,'{
  "$schema": "../../questionnaires/questionnaire.schema.json",
  "id": "all_kinds",
  "version": 1,
  "audience": "beneficiary",
  "mode": "anonymous",
  "languages": ["it", "en"],
  "title": {"it": "Tutti i tipi di domanda", "en": "Every kind of question"},
  "introduction": {
    "it": "Le domande riguardano il servizio che ha usato negli ultimi dodici mesi.",
    "en": "The questions are about the service that you used in the last twelve months."
  },
  "breakdowns": [
    {"id": "alliance", "from": "invitation", "label": {"it": "Alleanza", "en": "Alliance"}},
    {"id": "organization", "from": "invitation", "inside": "alliance", "label": {"it": "Organizzazione", "en": "Organization"}},
    {"id": "service", "from": "invitation", "label": {"it": "Servizio", "en": "Service"}}
  ],
  "scales": {
    "agreement": {
      "points": [
        {"value": 1, "label": {"it": "Per niente d''accordo", "en": "Strongly disagree"}},
        {"value": 2, "label": {"it": "Poco d''accordo", "en": "Disagree"}},
        {"value": 3, "label": {"it": "Né d''accordo né in disaccordo", "en": "Neither agree nor disagree"}},
        {"value": 4, "label": {"it": "D''accordo", "en": "Agree"}},
        {"value": 5, "label": {"it": "Del tutto d''accordo", "en": "Strongly agree"}}
      ],
      "not_applicable": {"it": "Non so", "en": "Don''t know"},
      "top2": [4, 5],
      "bottom2": [1, 2]
    },
    "likelihood": {
      "points": [
        {"value": 0, "label": {"it": "Per niente probabile", "en": "Not at all likely"}},
        {"value": 1, "label": {"it": "1", "en": "1"}},
        {"value": 2, "label": {"it": "2", "en": "2"}},
        {"value": 3, "label": {"it": "3", "en": "3"}},
        {"value": 4, "label": {"it": "4", "en": "4"}},
        {"value": 5, "label": {"it": "5", "en": "5"}},
        {"value": 6, "label": {"it": "6", "en": "6"}},
        {"value": 7, "label": {"it": "7", "en": "7"}},
        {"value": 8, "label": {"it": "8", "en": "8"}},
        {"value": 9, "label": {"it": "9", "en": "9"}},
        {"value": 10, "label": {"it": "Del tutto probabile", "en": "Extremely likely"}}
      ]
    }
  },
  "sections": [
    {
      "id": "service_use",
      "title": {"it": "Il servizio", "en": "The service"},
      "items": [
        {
          "id": "utility",
          "kind": "scale",
          "scale": "agreement",
          "required": true,
          "text": {"it": "Il servizio mi è stato utile.", "en": "The service was useful to me."},
          "help": {"it": "Pensi agli ultimi dodici mesi.", "en": "Think of the last twelve months."}
        },
        {
          "id": "recommend",
          "kind": "scale",
          "scale": "likelihood",
          "text": {"it": "Consiglierebbe il servizio?", "en": "Would you recommend the service?"}
        },
        {
          "id": "again",
          "kind": "choice",
          "text": {"it": "Lo userebbe di nuovo?", "en": "Would you use it again?"},
          "options": [
            {"value": "yes", "label": {"it": "Sì", "en": "Yes"}},
            {"value": "no", "label": {"it": "No", "en": "No"}}
          ],
          "not_applicable": {"it": "Non so", "en": "Don''t know"}
        },
        {
          "id": "used",
          "kind": "choices",
          "text": {"it": "Quali servizi ha usato?", "en": "Which services did you use?"},
          "options": [
            {"value": "nursery", "label": {"it": "Asilo nido", "en": "Nursery"}},
            {"value": "camp", "label": {"it": "Centro estivo", "en": "Summer camp"}},
            {"value": "vouchers", "label": {"it": "Buoni e convenzioni", "en": "Vouchers and agreements"}}
          ]
        },
        {
          "id": "hours",
          "kind": "number",
          "minimum": 0,
          "maximum": 40.5,
          "decimals": 1,
          "text": {"it": "Quante ore alla settimana ha risparmiato?", "en": "How many hours a week did you save?"},
          "not_applicable": {"it": "Non so", "en": "Don''t know"}
        }
      ]
    },
    {
      "id": "impact",
      "title": {"it": "Gli effetti", "en": "The effects"},
      "items": [
        {
          "id": "time_saving",
          "kind": "scale",
          "scale": "agreement",
          "text": {"it": "Ho risparmiato tempo.", "en": "I saved time."}
        },
        {
          "id": "time_balance",
          "kind": "scale",
          "scale": "agreement",
          "text": {"it": "Ho conciliato meglio lavoro e famiglia.", "en": "I balanced work and family better."}
        },
        {
          "id": "confidence",
          "kind": "scale",
          "scale": "agreement",
          "text": {"it": "Ho più fiducia in me.", "en": "I am more confident."}
        },
        {
          "id": "stress",
          "kind": "scale",
          "scale": "agreement",
          "reversed": true,
          "text": {"it": "Mi sento sotto pressione.", "en": "I feel under pressure."}
        }
      ]
    },
    {
      "id": "you",
      "title": {"it": "Lei", "en": "You"},
      "items": [
        {
          "id": "status_before",
          "kind": "choice",
          "text": {"it": "Qual era la sua condizione prima?", "en": "What was your status before?"},
          "options": [
            {"value": "seeking", "label": {"it": "In cerca di lavoro", "en": "Seeking work"}},
            {"value": "permanent", "label": {"it": "Tempo indeterminato", "en": "Permanent"}},
            {"value": "fixed_term", "label": {"it": "Tempo determinato", "en": "Fixed-term"}}
          ]
        },
        {
          "id": "status_now",
          "kind": "choice",
          "text": {"it": "Qual è la sua condizione ora?", "en": "What is your status now?"},
          "options": [
            {"value": "seeking", "label": {"it": "In cerca di lavoro", "en": "Seeking work"}},
            {"value": "permanent", "label": {"it": "Tempo indeterminato", "en": "Permanent"}},
            {"value": "fixed_term", "label": {"it": "Tempo determinato", "en": "Fixed-term"}}
          ]
        },
        {
          "id": "age_band",
          "kind": "choice",
          "demographic": true,
          "text": {"it": "Quanti anni ha?", "en": "How old are you?"},
          "options": [
            {"value": "under_35", "label": {"it": "Meno di 35", "en": "Under 35"}},
            {"value": "35_49", "label": {"it": "Da 35 a 49", "en": "35 to 49"}},
            {"value": "50_plus", "label": {"it": "50 o più", "en": "50 or over"}}
          ]
        },
        {
          "id": "comment",
          "kind": "text",
          "max_length": 200,
          "text": {"it": "Vuole aggiungere qualcosa?", "en": "Would you like to add anything?"}
        }
      ]
    }
  ],
  "indicators": [
    {"id": "utility_mean", "kind": "mean", "item": "utility", "label": {"it": "Utilità percepita", "en": "Perceived utility"}},
    {"id": "useful", "kind": "share", "item": "utility", "values": [4, 5]},
    {"id": "use_again", "kind": "share", "item": "again", "values": ["yes"]},
    {
      "id": "recommendation",
      "kind": "recommendation",
      "item": "recommend",
      "would": [7, 8, 9, 10],
      "promoters": [9, 10],
      "passives": [7, 8],
      "detractors": [0, 1, 2, 3, 4, 5, 6]
    },
    {"id": "employment", "kind": "status_change", "before": "status_before", "after": "status_now"},
    {
      "id": "dimensions",
      "kind": "profile",
      "dimensions": [
        {"id": "time", "label": {"it": "Tempo", "en": "Time"}, "items": ["time_saving", "time_balance"]},
        {"id": "well_being", "label": {"it": "Benessere", "en": "Well-being"}, "items": ["confidence", "stress"]}
      ]
    },
    {"id": "hours_saved", "kind": "summary", "item": "hours"}
  ],
  "completeness": {"complete": 0.8, "partial": 0.4}
}
','5fc441b08ee4e8b4c33c9552eb24d208430aec973fcbdac166a7e799d24770b4',0,0,NULL);
INSERT INTO "wave" VALUES('named','{"it": "Il welfare aziendale visto dalla sua organizzazione", "en": "Workplace welfare as your organization sees it"}','organizations',1,'named','final','open','2026-11-20',NULL,'Europe/Rome',5,'{"how": "invited", "total": null, "strata": []}',0,'{
  "$schema": "questionnaire.schema.json",
  "id": "organizations",
  "version": 1,
  "audience": "organization",
  "mode": "named",
  "languages": ["it", "en"],
  "title": {"it": "Il welfare aziendale visto dalla sua organizzazione", "en": "Workplace welfare as your organization sees it"},
  "introduction": {
    "it": "Le scriviamo perché la sua organizzazione ha partecipato a un programma di conciliazione tra lavoro e vita privata. Le chiediamo che cosa le misure di welfare hanno cambiato per l’organizzazione e per chi ci lavora: le risposte servono a scegliere le prossime azioni. Risponda a nome dell’organizzazione.",
    "en": "We are writing to you because your organization took part in a work-life balance programme. We ask what the welfare measures changed for the organization and for its employees: the answers help to choose the next actions. Please answer on behalf of the organization."
  },
  "breakdowns": [
    {"id": "alliance", "from": "invitation", "label": {"it": "Alleanza", "en": "Alliance"}},
    {"id": "organization", "from": "invitation", "inside": "alliance",
     "label": {"it": "Organizzazione", "en": "Organization"}}
  ],
  "scales": {
    "extent": {
      "points": [
        {"value": 1, "label": {"it": "Per niente", "en": "Not at all"}},
        {"value": 2, "label": {"it": "Poco", "en": "A little"}},
        {"value": 3, "label": {"it": "In parte", "en": "To some extent"}},
        {"value": 4, "label": {"it": "Molto", "en": "Much"}},
        {"value": 5, "label": {"it": "Moltissimo", "en": "Very much"}}
      ],
      "not_applicable": {"it": "Non ci riguarda / non so", "en": "Does not apply / don’t know"},
      "top2": [4, 5],
      "bottom2": [1, 2]
    },
    "usefulness": {
      "points": [
        {"value": 1, "label": {"it": "Per niente utile", "en": "Not at all useful"}},
        {"value": 2, "label": {"it": "Poco utile", "en": "Of little use"}},
        {"value": 3, "label": {"it": "Utile in parte", "en": "Partly useful"}},
        {"value": 4, "label": {"it": "Utile", "en": "Useful"}},
        {"value": 5, "label": {"it": "Molto utile", "en": "Very useful"}}
      ],
      "not_applicable": {"it": "Non so", "en": "Don’t know"},
      "top2": [4, 5],
      "bottom2": [1, 2]
    }
  },
  "sections": [
    {
      "id": "organization",
      "title": {"it": "L’organizzazione", "en": "The organization"},
      "items": [
        {"id": "employees", "kind": "number", "minimum": 0, "maximum": 100000,
         "text": {"it": "Quanti dipendenti ha oggi l’organizzazione?",
                  "en": "How many employees does the organization have today?"},
         "help": {"it": "Conti le persone, non gli equivalenti a tempo pieno.", "en": "Count people, not full-time equivalents."}},
        {"id": "sector", "kind": "choice",
         "text": {"it": "Qual è oggi il settore principale dell’organizzazione?",
                  "en": "What is the organization’s main sector today?"},
         "options": [
           {"value": "industry", "label": {"it": "Industria, artigianato, edilizia", "en": "Industry, crafts, construction"}},
           {"value": "trade", "label": {"it": "Commercio, turismo, ristorazione", "en": "Retail, tourism, catering"}},
           {"value": "business_services", "label": {"it": "Servizi alle imprese", "en": "Business services"}},
           {"value": "care", "label": {"it": "Sanità e assistenza sociale", "en": "Health and social care"}},
           {"value": "education", "label": {"it": "Istruzione e cultura", "en": "Education and culture"}},
           {"value": "public", "label": {"it": "Pubblica amministrazione", "en": "Public administration"}},
           {"value": "other", "label": {"it": "Altro", "en": "Other"}}
         ]}
      ]
    },
    {
      "id": "employees",
      "title": {"it": "Le misure di welfare, secondo l’organizzazione", "en": "The welfare measures, as the organization sees them"},
      "items": [
        {"id": "relation", "kind": "scale", "scale": "extent",
         "text": {"it": "Negli ultimi 12 mesi, quanto le misure di welfare hanno rafforzato la relazione con i dipendenti?",
                  "en": "In the last 12 months, how much have welfare measures strengthened the relationship with employees?"}},
        {"id": "needs", "kind": "scale", "scale": "extent",
         "text": {"it": "Negli ultimi 12 mesi, quanto le misure di welfare hanno risposto ai bisogni individuali dei dipendenti?",
                  "en": "In the last 12 months, how far have welfare measures met employees’ individual needs?"}},
        {"id": "needs_health", "kind": "scale", "scale": "extent",
         "text": {"it": "Negli ultimi 12 mesi, quanto le misure di welfare hanno aiutato i dipendenti a trovare tempo per la prevenzione?",
                  "en": "In the last 12 months, how much have welfare measures helped employees to find time for prevention?"},
         "help": {"it": "Per esempio visite, movimento, alimentazione.", "en": "For example check-ups, exercise, diet."}},
        {"id": "needs_family", "kind": "scale", "scale": "extent",
         "text": {"it": "Negli ultimi 12 mesi, quanto le misure di welfare hanno risposto ai bisogni familiari dei dipendenti?",
                  "en": "In the last 12 months, how far have welfare measures met employees’ family needs?"}},
        {"id": "needs_time", "kind": "scale", "scale": "extent",
         "text": {"it": "Negli ultimi 12 mesi, quanto le misure di welfare hanno aiutato i dipendenti a risparmiare tempo?",
                  "en": "In the last 12 months, how much have welfare measures helped employees to save time?"}},
        {"id": "useful_actions", "kind": "choices",
         "text": {"it": "Quali azioni sono state più utili ai dipendenti negli ultimi 12 mesi?",
                  "en": "Which actions were most useful to employees in the last 12 months?"},
         "help": {"it": "Segni tutte quelle che ritiene utili.", "en": "Tick all that you find useful."},
         "options": [
           {"value": "vouchers", "label": {"it": "Buoni acquisto e convenzioni", "en": "Vouchers and agreements"}},
           {"value": "summer_camps", "label": {"it": "Centri estivi", "en": "Summer camps"}},
           {"value": "elder_care", "label": {"it": "Assistenza agli anziani", "en": "Care for the elderly"}},
           {"value": "ready_shopping", "label": {"it": "Spesa pronta", "en": "Grocery boxes"}},
           {"value": "childcare", "label": {"it": "Asilo nido e baby-sitting", "en": "Nurseries and baby-sitting"}},
           {"value": "flexible_hours", "label": {"it": "Orario flessibile", "en": "Flexible hours"}},
           {"value": "remote_work", "label": {"it": "Lavoro agile", "en": "Remote work"}},
           {"value": "training", "label": {"it": "Formazione e consulenza", "en": "Training and advice"}},
           {"value": "wellbeing", "label": {"it": "Iniziative per il benessere", "en": "Well-being activities"}},
           {"value": "other", "label": {"it": "Altro", "en": "Other"}},
           {"value": "none", "label": {"it": "Nessuna", "en": "None"}}
         ]}
      ]
    },
    {
      "id": "programme",
      "title": {"it": "Il programma", "en": "The programme"},
      "items": [
        {"id": "networking", "kind": "scale", "scale": "extent",
         "text": {"it": "Da quando ne fate parte, quanto il programma vi ha messo in contatto con altre organizzazioni?",
                  "en": "Since you joined it, how much has the programme put you in touch with other organizations?"}},
        {"id": "participation", "kind": "scale", "scale": "usefulness",
         "text": {"it": "Finora, quanto è stato utile all’organizzazione partecipare al programma?",
                  "en": "So far, how useful has taking part in the programme been to the organization?"}},
        {"id": "comment", "kind": "text", "max_length": 400,
         "text": {"it": "Vuole aggiungere qualcosa sul programma?", "en": "Would you like to add anything about the programme?"},
         "help": {"it": "Non scriva nomi di persone.", "en": "Please do not name anybody."}}
      ]
    }
  ],
  "indicators": [
    {"id": "employees", "kind": "summary", "item": "employees",
     "label": {"it": "Dipendenti", "en": "Employees"}},
    {"id": "relation", "kind": "mean", "item": "relation",
     "label": {"it": "Relazione con i dipendenti rafforzata", "en": "Relationship with employees strengthened"}},
    {"id": "needs", "kind": "mean", "item": "needs",
     "label": {"it": "Bisogni individuali soddisfatti", "en": "Individual needs met"}},
    {"id": "needs_met", "kind": "profile",
     "label": {"it": "Bisogni dei dipendenti secondo l’organizzazione", "en": "Employees’ needs as the organization sees them"},
     "dimensions": [
       {"id": "health", "label": {"it": "Salute e prevenzione", "en": "Health and prevention"}, "items": ["needs_health"]},
       {"id": "family", "label": {"it": "Famiglia", "en": "Family"}, "items": ["needs_family"]},
       {"id": "time", "label": {"it": "Tempo", "en": "Time"}, "items": ["needs_time"]}
     ]},
    {"id": "networking", "kind": "mean", "item": "networking",
     "label": {"it": "Contatti con altre organizzazioni", "en": "Contacts with other organizations"}},
    {"id": "participation", "kind": "mean", "item": "participation",
     "label": {"it": "Utilità della partecipazione", "en": "Usefulness of taking part"}}
  ]
}
','11ee7d2bf518f1c621ca3f1e329fae4a8b2983109f612725ac59b4c15eb26fd2',0,0,NULL);
INSERT INTO "wave" VALUES('open','{"it": "Tutti i tipi di domanda", "en": "Every kind of question"}','all_kinds',1,'anonymous','final','open','2026-11-20',NULL,'Europe/Rome',5,'{"how": "invited", "total": null, "strata": []}',0,'{
  "$schema": "../../questionnaires/questionnaire.schema.json",
  "id": "all_kinds",
  "version": 1,
  "audience": "beneficiary",
  "mode": "anonymous",
  "languages": ["it", "en"],
  "title": {"it": "Tutti i tipi di domanda", "en": "Every kind of question"},
  "introduction": {
    "it": "Le domande riguardano il servizio che ha usato negli ultimi dodici mesi.",
    "en": "The questions are about the service that you used in the last twelve months."
  },
  "breakdowns": [
    {"id": "alliance", "from": "invitation", "label": {"it": "Alleanza", "en": "Alliance"}},
    {"id": "organization", "from": "invitation", "inside": "alliance", "label": {"it": "Organizzazione", "en": "Organization"}},
    {"id": "service", "from": "invitation", "label": {"it": "Servizio", "en": "Service"}}
  ],
  "scales": {
    "agreement": {
      "points": [
        {"value": 1, "label": {"it": "Per niente d''accordo", "en": "Strongly disagree"}},
        {"value": 2, "label": {"it": "Poco d''accordo", "en": "Disagree"}},
        {"value": 3, "label": {"it": "Né d''accordo né in disaccordo", "en": "Neither agree nor disagree"}},
        {"value": 4, "label": {"it": "D''accordo", "en": "Agree"}},
        {"value": 5, "label": {"it": "Del tutto d''accordo", "en": "Strongly agree"}}
      ],
      "not_applicable": {"it": "Non so", "en": "Don''t know"},
      "top2": [4, 5],
      "bottom2": [1, 2]
    },
    "likelihood": {
      "points": [
        {"value": 0, "label": {"it": "Per niente probabile", "en": "Not at all likely"}},
        {"value": 1, "label": {"it": "1", "en": "1"}},
        {"value": 2, "label": {"it": "2", "en": "2"}},
        {"value": 3, "label": {"it": "3", "en": "3"}},
        {"value": 4, "label": {"it": "4", "en": "4"}},
        {"value": 5, "label": {"it": "5", "en": "5"}},
        {"value": 6, "label": {"it": "6", "en": "6"}},
        {"value": 7, "label": {"it": "7", "en": "7"}},
        {"value": 8, "label": {"it": "8", "en": "8"}},
        {"value": 9, "label": {"it": "9", "en": "9"}},
        {"value": 10, "label": {"it": "Del tutto probabile", "en": "Extremely likely"}}
      ]
    }
  },
  "sections": [
    {
      "id": "service_use",
      "title": {"it": "Il servizio", "en": "The service"},
      "items": [
        {
          "id": "utility",
          "kind": "scale",
          "scale": "agreement",
          "required": true,
          "text": {"it": "Il servizio mi è stato utile.", "en": "The service was useful to me."},
          "help": {"it": "Pensi agli ultimi dodici mesi.", "en": "Think of the last twelve months."}
        },
        {
          "id": "recommend",
          "kind": "scale",
          "scale": "likelihood",
          "text": {"it": "Consiglierebbe il servizio?", "en": "Would you recommend the service?"}
        },
        {
          "id": "again",
          "kind": "choice",
          "text": {"it": "Lo userebbe di nuovo?", "en": "Would you use it again?"},
          "options": [
            {"value": "yes", "label": {"it": "Sì", "en": "Yes"}},
            {"value": "no", "label": {"it": "No", "en": "No"}}
          ],
          "not_applicable": {"it": "Non so", "en": "Don''t know"}
        },
        {
          "id": "used",
          "kind": "choices",
          "text": {"it": "Quali servizi ha usato?", "en": "Which services did you use?"},
          "options": [
            {"value": "nursery", "label": {"it": "Asilo nido", "en": "Nursery"}},
            {"value": "camp", "label": {"it": "Centro estivo", "en": "Summer camp"}},
            {"value": "vouchers", "label": {"it": "Buoni e convenzioni", "en": "Vouchers and agreements"}}
          ]
        },
        {
          "id": "hours",
          "kind": "number",
          "minimum": 0,
          "maximum": 40.5,
          "decimals": 1,
          "text": {"it": "Quante ore alla settimana ha risparmiato?", "en": "How many hours a week did you save?"},
          "not_applicable": {"it": "Non so", "en": "Don''t know"}
        }
      ]
    },
    {
      "id": "impact",
      "title": {"it": "Gli effetti", "en": "The effects"},
      "items": [
        {
          "id": "time_saving",
          "kind": "scale",
          "scale": "agreement",
          "text": {"it": "Ho risparmiato tempo.", "en": "I saved time."}
        },
        {
          "id": "time_balance",
          "kind": "scale",
          "scale": "agreement",
          "text": {"it": "Ho conciliato meglio lavoro e famiglia.", "en": "I balanced work and family better."}
        },
        {
          "id": "confidence",
          "kind": "scale",
          "scale": "agreement",
          "text": {"it": "Ho più fiducia in me.", "en": "I am more confident."}
        },
        {
          "id": "stress",
          "kind": "scale",
          "scale": "agreement",
          "reversed": true,
          "text": {"it": "Mi sento sotto pressione.", "en": "I feel under pressure."}
        }
      ]
    },
    {
      "id": "you",
      "title": {"it": "Lei", "en": "You"},
      "items": [
        {
          "id": "status_before",
          "kind": "choice",
          "text": {"it": "Qual era la sua condizione prima?", "en": "What was your status before?"},
          "options": [
            {"value": "seeking", "label": {"it": "In cerca di lavoro", "en": "Seeking work"}},
            {"value": "permanent", "label": {"it": "Tempo indeterminato", "en": "Permanent"}},
            {"value": "fixed_term", "label": {"it": "Tempo determinato", "en": "Fixed-term"}}
          ]
        },
        {
          "id": "status_now",
          "kind": "choice",
          "text": {"it": "Qual è la sua condizione ora?", "en": "What is your status now?"},
          "options": [
            {"value": "seeking", "label": {"it": "In cerca di lavoro", "en": "Seeking work"}},
            {"value": "permanent", "label": {"it": "Tempo indeterminato", "en": "Permanent"}},
            {"value": "fixed_term", "label": {"it": "Tempo determinato", "en": "Fixed-term"}}
          ]
        },
        {
          "id": "age_band",
          "kind": "choice",
          "demographic": true,
          "text": {"it": "Quanti anni ha?", "en": "How old are you?"},
          "options": [
            {"value": "under_35", "label": {"it": "Meno di 35", "en": "Under 35"}},
            {"value": "35_49", "label": {"it": "Da 35 a 49", "en": "35 to 49"}},
            {"value": "50_plus", "label": {"it": "50 o più", "en": "50 or over"}}
          ]
        },
        {
          "id": "comment",
          "kind": "text",
          "max_length": 200,
          "text": {"it": "Vuole aggiungere qualcosa?", "en": "Would you like to add anything?"}
        }
      ]
    }
  ],
  "indicators": [
    {"id": "utility_mean", "kind": "mean", "item": "utility", "label": {"it": "Utilità percepita", "en": "Perceived utility"}},
    {"id": "useful", "kind": "share", "item": "utility", "values": [4, 5]},
    {"id": "use_again", "kind": "share", "item": "again", "values": ["yes"]},
    {
      "id": "recommendation",
      "kind": "recommendation",
      "item": "recommend",
      "would": [7, 8, 9, 10],
      "promoters": [9, 10],
      "passives": [7, 8],
      "detractors": [0, 1, 2, 3, 4, 5, 6]
    },
    {"id": "employment", "kind": "status_change", "before": "status_before", "after": "status_now"},
    {
      "id": "dimensions",
      "kind": "profile",
      "dimensions": [
        {"id": "time", "label": {"it": "Tempo", "en": "Time"}, "items": ["time_saving", "time_balance"]},
        {"id": "well_being", "label": {"it": "Benessere", "en": "Well-being"}, "items": ["confidence", "stress"]}
      ]
    },
    {"id": "hours_saved", "kind": "summary", "item": "hours"}
  ],
  "completeness": {"complete": 0.8, "partial": 0.4}
}
','5fc441b08ee4e8b4c33c9552eb24d208430aec973fcbdac166a7e799d24770b4',23,270,NULL);
CREATE INDEX invitation_wave ON invitation(wave);
COMMIT;
PRAGMA user_version=1;
