-- The status bar and each push ask what the office rejected: mostly nothing, among all there is.

CREATE INDEX verdict_rejected ON verdict (epoch, seq) WHERE is_accepted = 0;
