// A PostgreSQL whose data is lost with the run that made it: nothing of it needs to reach the disk.

export const volatileSettings = {
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
};
