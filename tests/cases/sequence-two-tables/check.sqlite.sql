SELECT group_concat(name || seq) IN ('session7,org2', 'org2,session7') FROM sqlite_sequence;
