/** Why a backup can't be made, read or restored. Nothing was changed when it is thrown. */
export class BackupError extends Error {
  override readonly name = 'BackupError';
}
