export type { Secret } from './find-key.ts';
export type { Keychain } from './keychain.ts';
export { createVault, type RawKey, type Vault, type VaultComponents } from './vault.ts';
