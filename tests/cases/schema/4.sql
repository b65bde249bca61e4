PRAGMA application_id = 1684239208;
PRAGMA user_version = 4;
CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE documents (
    key           INTEGER PRIMARY KEY,
    id            TEXT NOT NULL UNIQUE,      -- SHA-256 of the bytes
    format        TEXT NOT NULL,
    size          INTEGER NOT NULL,          -- bytes
    length        INTEGER NOT NULL,          -- code points of text
    citations     INTEGER NOT NULL,
    number        TEXT,
    number_key    TEXT,                      -- as `notation.number_key` folds it: for looking it up
    doctype       TEXT,
    issuer        TEXT,
    issued        TEXT,
    title         TEXT,
    directive     INTEGER REFERENCES directives (key),
    released      INTEGER NOT NULL DEFAULT 0, -- 1: a file let go of it; it goes at the end of the run if no other holds it
    relinked      INTEGER NOT NULL DEFAULT 0, -- 1: its links changed, its edges are still to be made
    reading       TEXT NOT NULL,             -- version of the reader that made the text
    understanding TEXT NOT NULL,             -- version of the columns that read the text; '' asks for it again
    name          TEXT NOT NULL              -- the file name that they were told
, words TEXT, seal TEXT);
CREATE INDEX documents_directive ON documents (directive);
CREATE INDEX documents_understanding ON documents (understanding);
CREATE INDEX documents_number ON documents (number_key);
CREATE INDEX documents_doctype ON documents (doctype);
CREATE INDEX documents_released ON documents (key) WHERE released = 1;
CREATE INDEX documents_relinked ON documents (key) WHERE relinked = 1;
CREATE TABLE contents (
    document INTEGER PRIMARY KEY REFERENCES documents (key) ON DELETE CASCADE,
    text     BLOB NOT NULL,
    pages    BLOB NOT NULL,
    notes    BLOB NOT NULL,
    metadata BLOB NOT NULL,
    units    BLOB NOT NULL,
    asides   BLOB NOT NULL                   -- anaphora and aliases
);
CREATE TABLE files (
    path     TEXT PRIMARY KEY,
    folder   TEXT NOT NULL,
    size     INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    settled  INTEGER NOT NULL,               -- 0: written so recently that a later change may show the same time
    state    TEXT NOT NULL,                  -- read, failed, skipped
    document INTEGER REFERENCES documents (key),
    reason   TEXT,
    tries    INTEGER NOT NULL,
    reading  TEXT NOT NULL                   -- version of the reader that tried
) WITHOUT ROWID;
CREATE INDEX files_folder ON files (folder);
CREATE INDEX files_document ON files (document);
CREATE INDEX files_state ON files (state) WHERE state <> 'read';
CREATE TABLE citations (
    document  INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    idx       INTEGER NOT NULL,
    start     INTEGER NOT NULL,
    stop      INTEGER NOT NULL,
    kind      TEXT NOT NULL,
    doctype   TEXT,
    number    TEXT,
    name      TEXT,
    issued    TEXT,
    issuer    TEXT,
    title     TEXT,
    pinpoint  TEXT,
    relation  TEXT NOT NULL,
    nested_in INTEGER,
    passive   INTEGER NOT NULL,
    partial   INTEGER NOT NULL,
    negated   INTEGER NOT NULL,
    certainty TEXT NOT NULL,
    spans     TEXT NOT NULL,
    flags     TEXT NOT NULL,
    PRIMARY KEY (document, idx)
) WITHOUT ROWID;
CREATE TABLE blocks (
    key   INTEGER PRIMARY KEY,
    name  TEXT NOT NULL UNIQUE,
    dirty INTEGER NOT NULL
);
CREATE INDEX blocks_dirty ON blocks (key) WHERE dirty = 1;
CREATE TABLE mentions (
    block    INTEGER NOT NULL REFERENCES blocks (key),
    document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    idx      INTEGER NOT NULL,               -- -1: what the document says of itself
    doctype  TEXT,
    number   TEXT,
    name     TEXT,
    issued   TEXT,
    office   TEXT,
    place    TEXT,
    how      TEXT NOT NULL,
    title    TEXT,
    said     TEXT,
    near     TEXT,
    flags    TEXT NOT NULL,
    PRIMARY KEY (block, document, idx)
) WITHOUT ROWID;
CREATE INDEX mentions_document ON mentions (document);
CREATE TABLE directives (
    key        INTEGER PRIMARY KEY,
    id         TEXT NOT NULL UNIQUE,
    block      INTEGER,                      -- the block that defines it; NULL: only linked to
    doctype    TEXT,
    number     TEXT,
    number_key TEXT,
    ordinal    TEXT,
    name       TEXT,
    name_key   TEXT,
    issued     TEXT,
    office     TEXT,
    place      TEXT,
    title      TEXT,
    flags      TEXT NOT NULL,
    held       INTEGER NOT NULL DEFAULT 0,   -- documents that embody it
    citing     INTEGER NOT NULL DEFAULT 0,   -- documents that cite it
    cited      INTEGER NOT NULL DEFAULT 0    -- places where they do
);
CREATE INDEX directives_block ON directives (block);
CREATE INDEX directives_number ON directives (number_key);
CREATE INDEX directives_ordinal ON directives (ordinal);
CREATE INDEX directives_name ON directives (name_key);
CREATE INDEX directives_cited ON directives (citing DESC, id) WHERE citing > 0;
CREATE INDEX directives_missing ON directives (citing DESC, cited DESC, id) WHERE held = 0 AND citing > 0;
CREATE TABLE links (
    document   INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    idx        INTEGER NOT NULL,
    block      INTEGER NOT NULL,
    state      TEXT NOT NULL,
    directive  INTEGER REFERENCES directives (key),
    candidates TEXT NOT NULL,
    certainty  TEXT NOT NULL,
    reasons    TEXT NOT NULL,
    dated      INTEGER NOT NULL,             -- the citing document's date as yyyymmdd: newest first without a join
    PRIMARY KEY (block, document, idx)       -- a block is read and written as one
) WITHOUT ROWID;
CREATE UNIQUE INDEX links_document ON links (document, idx);
CREATE INDEX links_directive ON links (directive, dated DESC, document, idx);
CREATE TABLE edges (
    document INTEGER NOT NULL REFERENCES documents (key) ON DELETE CASCADE,
    idx      INTEGER NOT NULL,
    seq      INTEGER NOT NULL,               -- one citation may give several
    source   INTEGER REFERENCES directives (key) ON DELETE CASCADE,
    target   INTEGER NOT NULL REFERENCES directives (key) ON DELETE CASCADE,
    relation TEXT NOT NULL,
    partial  INTEGER NOT NULL,
    dated    INTEGER NOT NULL,               -- as in links
    PRIMARY KEY (document, idx, seq)
) WITHOUT ROWID;
CREATE INDEX edges_source ON edges (source, relation);
CREATE INDEX edges_target ON edges (target, relation, dated DESC);
CREATE TABLE outbox (
    seq      INTEGER PRIMARY KEY AUTOINCREMENT,
    document TEXT NOT NULL,                  -- documents.id: the row itself may be gone
    removed  INTEGER NOT NULL
);
CREATE INDEX documents_issued ON documents (issued);
CREATE INDEX documents_issuer ON documents (issuer);
CREATE INDEX documents_words ON documents (words);
CREATE INDEX documents_title ON documents (title) WHERE title IS NOT NULL;
CREATE INDEX documents_unsealed ON documents (key) WHERE seal IS NULL;
CREATE INDEX directives_held ON directives (id) WHERE held > 1;
CREATE INDEX edges_ending ON edges (relation, target, source, partial)
    WHERE relation IN ('replaces', 'repeals', 'amends', 'suspends');
INSERT INTO meta (name, value) VALUES ('delivered', '3');
INSERT INTO meta (name, value) VALUES ('engine', 'tantivy');
INSERT INTO meta (name, value) VALUES ('engine_folder', 'tantivy-1');
INSERT INTO meta (name, value) VALUES ('last_run', '2026-11-23T19:53:15+00:00');
INSERT INTO meta (name, value) VALUES ('linking', '2');
INSERT INTO documents (key, id, format, size, length, citations, number, number_key, doctype, issuer, issued, title, directive, released, relinked, reading, understanding, name, words, seal) VALUES (1, '65730d05fb56fdf3e2ff185dd61ba951566ac685f2e72a564b01c68ee08bffa8', 'txt', 802, 670, 2, '1/KH-UBND', '1/KH-UBND', 'Kế hoạch', 'Ủy ban nhân dân huyện Cầu Kè', '2023-03-05', 'Kế hoạch thứ 1 về cải cách hành chính', 1, 0, 0, '3', '3', '001.txt', '2ef79d1519ad1e613cfbdc56f9612f88', 'c75f25d7c36f67ca7c4b5db2d8fdec63');
INSERT INTO documents (key, id, format, size, length, citations, number, number_key, doctype, issuer, issued, title, directive, released, relinked, reading, understanding, name, words, seal) VALUES (2, '42d23c7ed52a9852cda3bd8427a0366f9c98b4da1f35c9f0a299a28484e00019', 'txt', 894, 743, 3, '2/KH-UBND', '2/KH-UBND', 'Kế hoạch', 'Ủy ban nhân dân huyện Cầu Kè', '2023-03-05', 'Kế hoạch thứ 2 về cải cách hành chính', 4, 0, 0, '3', '3', '002.txt', '6c2b4950f5c6a631117403fbef30bf6c', '4a899212342330b94d35109c8e7e0aba');
INSERT INTO documents (key, id, format, size, length, citations, number, number_key, doctype, issuer, issued, title, directive, released, relinked, reading, understanding, name, words, seal) VALUES (3, '7cfa9b07eed25634e43d798d49b88c559e6c9395833765f5d78b888adb81de1f', 'txt', 1047, 862, 4, '3/KH-UBND', '3/KH-UBND', 'Kế hoạch', 'Ủy ban nhân dân huyện Cầu Kè', '2023-03-05', 'Kế hoạch thứ 3 về cải cách hành chính', 6, 0, 0, '3', '3', '003.txt', 'd2a427029f45931c54e20719d0cb72ae', '3edb2211307496cbcfa9fd8da4f53e14');
INSERT INTO contents (document, text, pages, notes, metadata, units, asides) VALUES (1, X'785E85524B4B234110BEF7AFF87E80934C0CAE104F71045BA2BD5976227A8C23A403BB1D1767841CDDC03E2FEA5E56BC240AF10162044FD3E01E7AC8FFE87FB2D53E127723A40F35555355DF572FABFB9B582C0B086E3E0B2C39317A81D5BFC532B8392A63C374C0C95E41409F3EC432CF2ECA585FB1FA4B08515E63BCB649BA4060D37E0D15F36D0CF4AC6507561F47F860D3EB1D7808ADBEC5768B346ED39E92D891268D187B6FF56109857C857BB545B1F4B2A0F43C21E88B19A886E9B6E1CF2196A6A71AF08B5059E72366FDD92263159BDE83BFB56937E0CEF803D9228A4852B8D5972860CFEA7D44363D6B2232CE214D972A88A4B95692B120EB287253A86850C64F6487242960976A43D1CF138F9F17D9811754276A1997E23B8CF33A820758EA8FAC276A734755C7448D3DC715CBE160818514701B4136ADFEAA9EA93F256DEA207EA49E7F9317EFC6A485D100E647FD175E219D012DAD8DADBA8292E65461DB0949C88E68CBF45A6E0C2D720E07D8AD2739C6C4B0D7249B76A54A93AB9CF813AEE51CC7FFD7C43C3CEC30B6FABB920BD3802A61EEE9C0E8387ED0F23CAC0E074909EBE498FAAADCFCFA379D313635EB45C0AAB972577E93A04A83B0FA24627F010AA42121', X'785E8BAE56CA2BCD4D4A2D52B232D4512A2E48CC53B28A36D031333788AD8D05008CA908F6', X'785E8B8E0500011500B9', X'785E7D944F8BD3401887BFCA4BCED36DFE7492B637377B28740D2B54416491340D9D403B89C9A452963DE81E44BDB878F4B255D8AA2056F0D41CF690D2EF31DFC449BB6412D95D087308F33EF3BCBF79933385A6D3A11F2BDD3365E64E525FE92A5AB3DF6B3C3D748E14A424914B95EE0B4D379066E8A74821E16BB1655FD49804D457CE91320A3D368F44AD84F4F9FA0648C8D70B8F54389685B4362E39455549099224AD9BF0EC7A0E43970225F9570AA36221E99C67EF28D87CBD4CA19F7F977415595271E233E6C7C4774785613471BD9ADF1DE55A4B475AAB5DCA8D5CF69FDCA8DAA1AEEA4643150FAEF48755A459B2BF1A82056C726F46C008CF7E8006339EBD018FAFBF05E0E5223C20F91525E091FC17AD26D93691AE1B32C91D5C743A74133F115726AFC2DE5C50411474672C0EF9089B4BB10A66C2B34B30D4A6E8446D3A9B4F0DFB04E838BF9A838A854FBEA06330806E2EA6506C29184B17EC9D094402B5BCB5CDFF8A9D4CD8C2AC388B91ED4A66A2EB18199A8C358A7D773ADCC94AC781A0FDF18004BBBBBDF57C25AE7A7DC3F69E96D9749E4843AD34B44A43ED0E43040F0DD1305F8445CCA198B0ED0A123795DE86D6412D432D1396DEE255128C697D568FF39FD0E3D9EF144E048A675F3C8932B1854CB353A28A6A97A5F1EEC2F6A8975198042C08C5D7265339E9E59FC116D46B18F0EC83DD9348DC1148F561A49B3212C6019B579983C7074524CFE1F091034E2F7FEBC051B1F40707F71CD5B24C84B1FCB26AF6B1EF0551E053569FB9E2F7018C67EFAB33DBEAB41156E524546AABB370BC5DA55D7836A8348B31C2A61CF66AE1E9F93FB70CBB29', X'785E8B8E0500011500B9', X'785EABAE0500017500F9');
INSERT INTO contents (document, text, pages, notes, metadata, units, asides) VALUES (2, X'785E95534B6B1B3110BEEB577C3FC0EB5DAF69539C93B38128D8511D6A87E4682B60195A3925DE828FADA1CF4B1F97965CEC169CB4109A404F2B680F32FE1FFA271DB9B69B07D45407696667E69B6F1EEBCCF8001B6501C1ED33814D7F2D4FE2CC47B1056EDF97B16F07E0A46F23A1670CB1C5276765EC6D3BF3BC0E51DE61BC7140B240E2B2710315FBF22FD0429ABC75E693C443979D1F2140DD994B1C7649E22E1B6985236533C9D80367DE951087151E3436C4E65542D9694AD06739E8B61DF611DD414FD9916E232A424F068F10477191B18ACB7E82DF77D930E15EF905D5A5145291BB335F11E389334F215DF6A50369BD41D9213190CA9E6BC5583219683293AB6853C41B3C4EFB04D3C33171C3DADD50EC06496DCEA2B064B1B62451F0D1A74D243340AA8CB47556A7E75242759C79A1514DA9113D2454005AD4991C51F941B548CF51FE4915C7611C45F7C25D5E8873A0CEF7D16A6A68653F6B1CFA4B11338FD6B2A3AEAFA54BC6E9058E9B69FE46BE6B8D98A117963D5EF4332C52BEB83867FFAF7C34E7C530FE971613D351876852F9BA747B4D6E7DA9EFE47DE93737950598ED47CF99575AADAF02AAD4F3F3E5A5C57B4D8B11A03ABD484BD823C3CA53E3F6C3F570C6D8CAA82B0E55FBCDFF41DF53D4683ECE9C48F61BD3AF4A1D', X'785E8BAE56CA2BCD4D4A2D52B232D4512A2E48CC53B28A36D03137318EAD8D05008CAC08F7', X'785E8B8E0500011500B9', X'785E9D94CF6ADB4010C65F65D0791D4B2BEB8F7D6B9483C0AE70C02D94128A240B4B60AF546B9562420E6D0EA5E9A9F4547A895B88DB42680A3D59871C14F21EFB265DD9A9572A4E0805A193BE6F7EF3CD8C8E24924DBC602A758EA443779C055247C2CDAEDD78B2EBEC49484A1397489DE70A5691A2E2032485F12BFEC95AD4184724908E91348C7D3A4BB8569874D9F20AC2982DE77E58F1310CA498DAC6A7546D5CA234CDEA242C3F9F81E7122061F185C0B07C85D98CE56F09586CB9C8A05B7C13EE323204E238A0349886813B2C0993B1EBD7F8B6C89516464ACBDCC00D5DFA0FDCB016938CD586CC1FADD29F2623C510FDD52C6844C77766043464F977C070C8F2D7E0B3E5D708FC82870761714642F0C3E2825493347584B12A925C99F34E3D370D523E32310AEBFA847047EEEE8C7891F7F09247B8BCA290B2FC03187AD3D96F587D20A3E26C068AC6498A39198101E4FA640258C64AA95EB860AD1820E1260BD133C61AC2EDD686249906EEC45BC1088601D7FCF2218C56B3EB656C7941C1E275C063F927C45BFDCD4BFA6506FE9A0BE3269665B3B96F2B18C17D9BE015F3B8CC2AE66B727309A99B55E0DA1A524D11D303E0AA9BBB4651FE1EC46D46B2D654391C566F7379D09AFE7F0FAAD9429ABCAD079E791A8D48FD687AC50FB059FE33833E8F83E59F7D1187A1F21B69892329D52ECDA6ABCD595BBD48E234A251CCCF5E8CAF6F171FC1E2AEE73060F9A9650B4BDD90916EDE6FE966348CA7119D553D078F77CAB13E83DD470E3876F1C681BDF2D51DECDC514A6BB5918EC575D5E8A7811F255140687DF9CBFF185096BFAB1E8F6628483395CDCA56B4D5A5EDDD5C661D783AA8348B4DA4ABFA56E1C1F11F50A2F1DE', X'785E8B8E0500011500B9', X'785EABAE0500017500F9');
INSERT INTO contents (document, text, pages, notes, metadata, units, asides) VALUES (3, X'785EC5534D6B134118BECFAF787E403E36BB54343DA55BE894A46BC54DB1C7640A9D403BA9342BE4A8013F2F5611142F89425A85620A9E76A03DCCB2FF63FE89EFB46EED07988BE01C66DFD9F7EB79DE0FABA79B586A4488B8791661D95D9727B4FA63B4026EDE35F0C88CC0E9BD8A903E53442B3C3B6A6063D5EAE731A2C61AE3ED4D922384369DB6D1342FFF042AA4ECADD59F04766C7ABC873262AB4FB0D52789DB74A224F6A44905630FAD3EA823A83679B9BD142D5F05941E2614FAA804B56DC643780B18483351DBF002A86CB40BDFF303C69A363D05BF6FD371C8DDE30CB24F29842473ABBF21C013AB9F42D8F46B0FC2388534634220A4395692B1301B295293692B21B4038494055D825F22FB9F9450B84002FB8415BE5FF53DEF6EF501AFF98B2C26CD8980EC59FD4215FEC4F543E17391048F93218150C80EAC7ED321F2F92C77542EA8D5EE15D4EE14CC6A0B2550ED87E8761494345F14B6DC255D204AD53593BE63D327653EC37E27A9DC0073AD14E7D06B97552E2A5A0D888C1F38F6879DBFE6A34E17EDF8D7B0FCFF038B45F9A447D5A396ABFAEDF9BDF5275EABB80ADD5C2156C6F9E00EAC7EA5E4E2BC40CDB8F27BAB684A5ED3C496D1CA67491D1BA4987BD6B9797FDD9D3136D7EB8A41CB7C77ABFD23C13A8D8DD59F05FB05B9969107', X'785E8BAE56CA2BCD4D4A2D52B232D4512A2E48CC53B28A36D0B130338AAD8D05008CB808F9', X'785E8B8E0500011500B9', X'785EC5544D6BDB4010FD2B83CE9B78B5B23EEC5BE31C0C4E4D0A6EA19450D6B2F00A9C956AAD524CC821CDA1B43D85D243E9256E21690BA129F4641D7A50F0FFD87FD2959D68E59284D21E0A421769DEBCF7E6CDEC1B3CDDED0763A3B96FECD1511A184DC3AA75DA6B0F37BA9B0632929872A3F9C42416322DB2830C163D57BF2C8BD646210F8C03640C225F4C6255AB413A72F613582467539F55705C17999E5DE21455254A9824E92A13999D4EA04F3970967FE430285E2C9DC8EC2587969C9DA5D0C93F6B748C5C4D711408118C59400705C37844FD157E37949B7582CCBA57921B50F11BB9415521C1C45AC3EAB12BFA6C8C4C57EB5B8110A118DDEA110826B32F60C19ECC0EC197B34F21F8B9320F587EC219F82C3FE755273D071162692717E04A699F2641A246A647D1BA3CE20A51A16FA572762EA0954F39F465F61EA9163FF85081ABAF3E24323B06426A0463AFF6A06D122D8C101B11D72CDBC5E380EEF6171D75A39E82F9EE030B1703BA6AD693D9BBEB064B11F0AC18E12187CB6399BDA110B3F9C57CAA68F0617E3201B3A1BC500C87E000BF3CDA05824D1BC15D59E8E7D3A8702B5241995F4042D30A739720CBD3B9F803E6D5EC2E4D31AF57E28A23B66B96B2895885AF67F44E7265D2FE5E83E559C8C6FFA881FC5F0D36B690436ED2A042958443BEBAFA5BF95768CBEC5B0ADB6AA432FBE0EB917AF506F21C1DC6A29A8A74BCC8FF12EA691C25A1082375BC743EB7DBF95B6829D45350A97CDD6A6B48D75390F86E489A0A168D4331A962F6EEAF17D37F0C1BF7BAD06DE72FBAB059BC3ABDF55B5A398E87DC7ABD5CA515F6E3C00FE330E06275858B6B0C4266AFAA27C069A88387710954A9AD6EE5D6FC226DC2A35E456CDD45AEADAF54B570E7E017CBDD469F', X'785E8B8E0500011500B9', X'785EABAE0500017500F9');
INSERT INTO files (path, folder, size, mtime_ns, settled, state, document, reason, tries, reading) VALUES ('{corpus}/001.txt', '{corpus}', 802, 1600000000000000000, 1, 'read', 1, NULL, 1, '3');
INSERT INTO files (path, folder, size, mtime_ns, settled, state, document, reason, tries, reading) VALUES ('{corpus}/002.txt', '{corpus}', 894, 1600000000000000000, 1, 'read', 2, NULL, 1, '3');
INSERT INTO files (path, folder, size, mtime_ns, settled, state, document, reason, tries, reading) VALUES ('{corpus}/003.txt', '{corpus}', 1047, 1600000000000000000, 1, 'read', 3, NULL, 1, '3');
INSERT INTO citations (document, idx, start, stop, kind, doctype, number, name, issued, issuer, title, pinpoint, relation, nested_in, passive, partial, negated, certainty, spans, flags) VALUES (1, 0, 232, 283, 'number', 'Nghị định', '30/2020/NĐ-CP', NULL, '2020-03-05', 'Chính phủ', 'công tác văn thư', NULL, 'based_on', NULL, 0, 0, 0, 'high', '[[225,231],[245,258],[259,283],[288,297],[301,317],null]', '');
INSERT INTO citations (document, idx, start, stop, kind, doctype, number, name, issued, issuer, title, pinpoint, relation, nested_in, passive, partial, negated, certainty, spans, flags) VALUES (1, 1, 329, 376, 'number', 'Nghị quyết', '76/NQ-CP', NULL, '2021-07-15', 'Chính phủ', NULL, NULL, 'implements', NULL, 0, 0, 0, 'high', '[[319,328],[343,351],[352,376],[381,390],null,null]', '');
INSERT INTO citations (document, idx, start, stop, kind, doctype, number, name, issued, issuer, title, pinpoint, relation, nested_in, passive, partial, negated, certainty, spans, flags) VALUES (2, 0, 232, 279, 'number', 'Nghị quyết', '76/NQ-CP', NULL, '2021-07-15', 'Chính phủ', NULL, NULL, 'based_on', NULL, 0, 0, 0, 'high', '[[225,231],[246,254],[255,279],[284,293],null,null]', '');
INSERT INTO citations (document, idx, start, stop, kind, doctype, number, name, issued, issuer, title, pinpoint, relation, nested_in, passive, partial, negated, certainty, spans, flags) VALUES (2, 1, 305, 343, 'number', 'Luật', '22/2008/QH12', 'Luật Cán bộ, công chức', NULL, NULL, NULL, NULL, 'implements', NULL, 0, 0, 0, 'high', '[[295,304],[331,343],null,null,null,null]', '');
INSERT INTO citations (document, idx, start, stop, kind, doctype, number, name, issued, issuer, title, pinpoint, relation, nested_in, passive, partial, negated, certainty, spans, flags) VALUES (2, 2, 394, 430, 'number', 'Kế hoạch', '1/KH-UBND', NULL, '2023-03-05', 'Ủy ban nhân dân huyện Cầu Kè', NULL, NULL, 'implements', NULL, 0, 0, 0, 'high', '[[384,393],[406,415],[416,430],[435,463],null,null]', '');
INSERT INTO citations (document, idx, start, stop, kind, doctype, number, name, issued, issuer, title, pinpoint, relation, nested_in, passive, partial, negated, certainty, spans, flags) VALUES (3, 0, 232, 270, 'number', 'Luật', '22/2008/QH12', 'Luật Cán bộ, công chức', NULL, NULL, NULL, NULL, 'based_on', NULL, 0, 0, 0, 'high', '[[225,231],[258,270],null,null,null,null]', '');
INSERT INTO citations (document, idx, start, stop, kind, doctype, number, name, issued, issuer, title, pinpoint, relation, nested_in, passive, partial, negated, certainty, spans, flags) VALUES (3, 1, 282, 342, 'name', 'Luật', NULL, 'Luật Tổ chức chính quyền địa phương', '2015-06-19', NULL, NULL, NULL, 'implements', NULL, 0, 0, 0, 'high', '[[272,281],null,[318,342],null,null,null]', '');
INSERT INTO citations (document, idx, start, stop, kind, doctype, number, name, issued, issuer, title, pinpoint, relation, nested_in, passive, partial, negated, certainty, spans, flags) VALUES (3, 2, 393, 429, 'number', 'Kế hoạch', '1/KH-UBND', NULL, '2023-03-05', 'Ủy ban nhân dân huyện Cầu Kè', NULL, NULL, 'implements', NULL, 0, 0, 0, 'high', '[[383,392],[405,414],[415,429],[434,462],null,null]', '');
INSERT INTO citations (document, idx, start, stop, kind, doctype, number, name, issued, issuer, title, pinpoint, relation, nested_in, passive, partial, negated, certainty, spans, flags) VALUES (3, 3, 513, 549, 'number', 'Kế hoạch', '2/KH-UBND', NULL, '2023-03-05', 'Ủy ban nhân dân huyện Cầu Kè', NULL, NULL, 'implements', NULL, 0, 0, 0, 'high', '[[503,512],[525,534],[535,549],[554,582],null,null]', '');
INSERT INTO blocks (key, name, dirty) VALUES (1, 'n:1/KH-UBND', 0);
INSERT INTO blocks (key, name, dirty) VALUES (2, 'n:30/2020/ND-CP', 0);
INSERT INTO blocks (key, name, dirty) VALUES (3, 'n:76/NQ-CP', 0);
INSERT INTO blocks (key, name, dirty) VALUES (4, 'n:2/KH-UBND', 0);
INSERT INTO blocks (key, name, dirty) VALUES (5, 'n:22/2008/QH12', 0);
INSERT INTO blocks (key, name, dirty) VALUES (6, 'w:luat can bo cong chuc', 0);
INSERT INTO blocks (key, name, dirty) VALUES (7, 'n:3/KH-UBND', 0);
INSERT INTO blocks (key, name, dirty) VALUES (8, 'n:77/2015/QH13', 0);
INSERT INTO blocks (key, name, dirty) VALUES (9, 'w:luat to chuc chinh quyen dia phuong', 0);
INSERT INTO mentions (block, document, idx, doctype, number, name, issued, office, place, how, title, said, near, flags) VALUES (1, 1, -1, 'Kế hoạch', '1/KH-UBND', NULL, '2023-03-05', 'ubnd', 'tra-vinh.cau-ke', 'stated', 'Kế hoạch thứ 1 về cải cách hành chính', '2023-03-05', 'tra-vinh.cau-ke', '');
INSERT INTO mentions (block, document, idx, doctype, number, name, issued, office, place, how, title, said, near, flags) VALUES (1, 2, 2, 'Kế hoạch', '1/KH-UBND', NULL, '2023-03-05', 'ubnd', 'tra-vinh.cau-ke', 'stated', NULL, '2023-03-05', 'tra-vinh.cau-ke', '');
INSERT INTO mentions (block, document, idx, doctype, number, name, issued, office, place, how, title, said, near, flags) VALUES (1, 3, 2, 'Kế hoạch', '1/KH-UBND', NULL, '2023-03-05', 'ubnd', 'tra-vinh.cau-ke', 'stated', NULL, '2023-03-05', 'tra-vinh.cau-ke', '');
INSERT INTO mentions (block, document, idx, doctype, number, name, issued, office, place, how, title, said, near, flags) VALUES (2, 1, 0, 'Nghị định', '30/2020/NĐ-CP', NULL, '2020-03-05', 'chinh-phu', '', 'stated', 'công tác văn thư', '2023-03-05', 'tra-vinh.cau-ke', '');
INSERT INTO mentions (block, document, idx, doctype, number, name, issued, office, place, how, title, said, near, flags) VALUES (3, 1, 1, 'Nghị quyết', '76/NQ-CP', NULL, '2021-07-15', 'chinh-phu', '', 'stated', NULL, '2023-03-05', 'tra-vinh.cau-ke', '');
INSERT INTO mentions (block, document, idx, doctype, number, name, issued, office, place, how, title, said, near, flags) VALUES (3, 2, 0, 'Nghị quyết', '76/NQ-CP', NULL, '2021-07-15', 'chinh-phu', '', 'stated', NULL, '2023-03-05', 'tra-vinh.cau-ke', '');
INSERT INTO mentions (block, document, idx, doctype, number, name, issued, office, place, how, title, said, near, flags) VALUES (4, 2, -1, 'Kế hoạch', '2/KH-UBND', NULL, '2023-03-05', 'ubnd', 'tra-vinh.cau-ke', 'stated', 'Kế hoạch thứ 2 về cải cách hành chính', '2023-03-05', 'tra-vinh.cau-ke', '');
INSERT INTO mentions (block, document, idx, doctype, number, name, issued, office, place, how, title, said, near, flags) VALUES (4, 3, 3, 'Kế hoạch', '2/KH-UBND', NULL, '2023-03-05', 'ubnd', 'tra-vinh.cau-ke', 'stated', NULL, '2023-03-05', 'tra-vinh.cau-ke', '');
INSERT INTO mentions (block, document, idx, doctype, number, name, issued, office, place, how, title, said, near, flags) VALUES (5, 2, 1, 'Luật', '22/2008/QH12', 'Luật Cán bộ, công chức', NULL, 'quoc-hoi', '', 'symbol', NULL, '2023-03-05', 'tra-vinh.cau-ke', '');
INSERT INTO mentions (block, document, idx, doctype, number, name, issued, office, place, how, title, said, near, flags) VALUES (5, 3, 0, 'Luật', '22/2008/QH12', 'Luật Cán bộ, công chức', NULL, 'quoc-hoi', '', 'symbol', NULL, '2023-03-05', 'tra-vinh.cau-ke', '');
INSERT INTO mentions (block, document, idx, doctype, number, name, issued, office, place, how, title, said, near, flags) VALUES (6, 2, 1, 'Luật', '22/2008/QH12', 'Luật Cán bộ, công chức', NULL, 'quoc-hoi', '', 'symbol', NULL, '2023-03-05', 'tra-vinh.cau-ke', '');
INSERT INTO mentions (block, document, idx, doctype, number, name, issued, office, place, how, title, said, near, flags) VALUES (6, 3, 0, 'Luật', '22/2008/QH12', 'Luật Cán bộ, công chức', NULL, 'quoc-hoi', '', 'symbol', NULL, '2023-03-05', 'tra-vinh.cau-ke', '');
INSERT INTO mentions (block, document, idx, doctype, number, name, issued, office, place, how, title, said, near, flags) VALUES (7, 3, -1, 'Kế hoạch', '3/KH-UBND', NULL, '2023-03-05', 'ubnd', 'tra-vinh.cau-ke', 'stated', 'Kế hoạch thứ 3 về cải cách hành chính', '2023-03-05', 'tra-vinh.cau-ke', '');
INSERT INTO mentions (block, document, idx, doctype, number, name, issued, office, place, how, title, said, near, flags) VALUES (8, 3, 1, 'Luật', '77/2015/QH13', 'Luật Tổ chức chính quyền địa phương', '2015-06-19', 'quoc-hoi', '', 'name', NULL, '2023-03-05', 'tra-vinh.cau-ke', '["known-act"]');
INSERT INTO mentions (block, document, idx, doctype, number, name, issued, office, place, how, title, said, near, flags) VALUES (9, 3, 1, 'Luật', '77/2015/QH13', 'Luật Tổ chức chính quyền địa phương', '2015-06-19', 'quoc-hoi', '', 'name', NULL, '2023-03-05', 'tra-vinh.cau-ke', '["known-act"]');
INSERT INTO directives (key, id, block, doctype, number, number_key, ordinal, name, name_key, issued, office, place, title, flags, held, citing, cited) VALUES (1, '1-kh-ubnd-2023@tra-vinh.cau-ke', 1, 'Kế hoạch', '1/KH-UBND', '1/KH-UBND', '1', NULL, NULL, '2023-03-05', 'ubnd', 'tra-vinh.cau-ke', 'Kế hoạch thứ 1 về cải cách hành chính', '', 1, 2, 2);
INSERT INTO directives (key, id, block, doctype, number, number_key, ordinal, name, name_key, issued, office, place, title, flags, held, citing, cited) VALUES (2, '30-2020-nd-cp', 2, 'Nghị định', '30/2020/NĐ-CP', '30/2020/ND-CP', '30', NULL, NULL, '2020-03-05', 'chinh-phu', '', 'công tác văn thư', '', 0, 1, 1);
INSERT INTO directives (key, id, block, doctype, number, number_key, ordinal, name, name_key, issued, office, place, title, flags, held, citing, cited) VALUES (3, '76-nq-cp-2021', 3, 'Nghị quyết', '76/NQ-CP', '76/NQ-CP', '76', NULL, NULL, '2021-07-15', 'chinh-phu', '', NULL, '', 0, 2, 2);
INSERT INTO directives (key, id, block, doctype, number, number_key, ordinal, name, name_key, issued, office, place, title, flags, held, citing, cited) VALUES (4, '2-kh-ubnd-2023@tra-vinh.cau-ke', 4, 'Kế hoạch', '2/KH-UBND', '2/KH-UBND', '2', NULL, NULL, '2023-03-05', 'ubnd', 'tra-vinh.cau-ke', 'Kế hoạch thứ 2 về cải cách hành chính', '', 1, 1, 1);
INSERT INTO directives (key, id, block, doctype, number, number_key, ordinal, name, name_key, issued, office, place, title, flags, held, citing, cited) VALUES (5, 'luat-22-2008-qh12', 5, 'Luật', '22/2008/QH12', '22/2008/QH12', '22', 'Luật Cán bộ, công chức', 'luat can bo cong chuc', NULL, 'quoc-hoi', '', NULL, '', 0, 2, 2);
INSERT INTO directives (key, id, block, doctype, number, number_key, ordinal, name, name_key, issued, office, place, title, flags, held, citing, cited) VALUES (6, '3-kh-ubnd-2023@tra-vinh.cau-ke', 7, 'Kế hoạch', '3/KH-UBND', '3/KH-UBND', '3', NULL, NULL, '2023-03-05', 'ubnd', 'tra-vinh.cau-ke', 'Kế hoạch thứ 3 về cải cách hành chính', '', 1, 0, 0);
INSERT INTO directives (key, id, block, doctype, number, number_key, ordinal, name, name_key, issued, office, place, title, flags, held, citing, cited) VALUES (7, 'luat-77-2015-qh13', 8, 'Luật', '77/2015/QH13', '77/2015/QH13', '77', 'Luật Tổ chức chính quyền địa phương', 'luat to chuc chinh quyen dia phuong', '2015-06-19', 'quoc-hoi', '', NULL, '', 0, 1, 1);
INSERT INTO links (document, idx, block, state, directive, candidates, certainty, reasons, dated) VALUES (1, -1, 1, 'resolved', 1, '', 'high', '["year","office:stated"]', 20230305);
INSERT INTO links (document, idx, block, state, directive, candidates, certainty, reasons, dated) VALUES (2, 2, 1, 'resolved', 1, '', 'high', '["year","office:stated"]', 20230305);
INSERT INTO links (document, idx, block, state, directive, candidates, certainty, reasons, dated) VALUES (3, 2, 1, 'resolved', 1, '', 'high', '["year","office:stated"]', 20230305);
INSERT INTO links (document, idx, block, state, directive, candidates, certainty, reasons, dated) VALUES (1, 0, 2, 'missing', 2, '', 'high', '["number-with-year","office:stated"]', 20230305);
INSERT INTO links (document, idx, block, state, directive, candidates, certainty, reasons, dated) VALUES (1, 1, 3, 'missing', 3, '', 'high', '["year","office:stated"]', 20230305);
INSERT INTO links (document, idx, block, state, directive, candidates, certainty, reasons, dated) VALUES (2, 0, 3, 'missing', 3, '', 'high', '["year","office:stated"]', 20230305);
INSERT INTO links (document, idx, block, state, directive, candidates, certainty, reasons, dated) VALUES (2, -1, 4, 'resolved', 4, '', 'high', '["year","office:stated"]', 20230305);
INSERT INTO links (document, idx, block, state, directive, candidates, certainty, reasons, dated) VALUES (3, 3, 4, 'resolved', 4, '', 'high', '["year","office:stated"]', 20230305);
INSERT INTO links (document, idx, block, state, directive, candidates, certainty, reasons, dated) VALUES (2, 1, 5, 'missing', 5, '', 'high', '["number-with-year","office:symbol"]', 20230305);
INSERT INTO links (document, idx, block, state, directive, candidates, certainty, reasons, dated) VALUES (3, 0, 5, 'missing', 5, '', 'high', '["number-with-year","office:symbol"]', 20230305);
INSERT INTO links (document, idx, block, state, directive, candidates, certainty, reasons, dated) VALUES (3, -1, 7, 'resolved', 6, '', 'high', '["year","office:stated"]', 20230305);
INSERT INTO links (document, idx, block, state, directive, candidates, certainty, reasons, dated) VALUES (3, 1, 8, 'missing', 7, '', 'high', '["number-with-year","office:name","known-act"]', 20230305);
INSERT INTO edges (document, idx, seq, source, target, relation, partial, dated) VALUES (1, 0, 0, 1, 2, 'based_on', 0, 20230305);
INSERT INTO edges (document, idx, seq, source, target, relation, partial, dated) VALUES (1, 1, 1, 1, 3, 'implements', 0, 20230305);
INSERT INTO edges (document, idx, seq, source, target, relation, partial, dated) VALUES (2, 0, 0, 4, 3, 'based_on', 0, 20230305);
INSERT INTO edges (document, idx, seq, source, target, relation, partial, dated) VALUES (2, 1, 1, 4, 5, 'implements', 0, 20230305);
INSERT INTO edges (document, idx, seq, source, target, relation, partial, dated) VALUES (2, 2, 2, 4, 1, 'implements', 0, 20230305);
INSERT INTO edges (document, idx, seq, source, target, relation, partial, dated) VALUES (3, 0, 0, 6, 5, 'based_on', 0, 20230305);
INSERT INTO edges (document, idx, seq, source, target, relation, partial, dated) VALUES (3, 1, 1, 6, 7, 'implements', 0, 20230305);
INSERT INTO edges (document, idx, seq, source, target, relation, partial, dated) VALUES (3, 2, 2, 6, 1, 'implements', 0, 20230305);
INSERT INTO edges (document, idx, seq, source, target, relation, partial, dated) VALUES (3, 3, 3, 6, 4, 'implements', 0, 20230305);
INSERT INTO sqlite_sequence (name, seq) VALUES ('outbox', 3);
