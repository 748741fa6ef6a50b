export type { Secret } from './find-key.ts';
export type { Keychain } from './keychain.ts';
export type { RawKey } from './vault-files.ts';
export { createVault, type Vault, type VaultComponents } from './vault.ts';
