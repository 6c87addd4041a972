"""From a newspaper's own file to feeds, a reading site and an e-mail digest, unattended."""
