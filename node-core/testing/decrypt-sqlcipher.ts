import { createDecipheriv, createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto';

/**
 * SQLCipher 4's file format, written from its published design and with nothing of the product in it.
 * https://www.zetetic.net/sqlcipher/design/ — page 4096, per page 80 reserved bytes: IV (16) and HMAC-SHA512 (64).
 */
const PAGE = 4096;
const RESERVE = 80;
const IV = 16;
const SALT = 16;

/** The plain SQLite file. Throws where a page's HMAC does not hold. */
export const decryptSqlcipher4 = (file: Buffer, key: Buffer, salt: Buffer): Buffer => {
  if (!file.subarray(0, SALT).equals(salt)) throw new Error('the file has another salt');
  const hmacKey = pbkdf2Sync(key, Buffer.from(salt.map((byte) => byte ^ 0x3a)), 2, 32, 'sha512');
  const plain = Buffer.alloc(file.length);
  for (let number = 1; number <= file.length / PAGE; number++) {
    const page = file.subarray((number - 1) * PAGE, number * PAGE);
    const start = number === 1 ? SALT : 0;
    const end = PAGE - RESERVE;
    const count = Buffer.alloc(4);
    count.writeUInt32LE(number);
    const mac = createHmac('sha512', hmacKey)
      .update(page.subarray(start, end + IV))
      .update(count)
      .digest();
    if (!timingSafeEqual(mac, page.subarray(end + IV))) throw new Error(`page ${number} does not hold`);
    const cipher = createDecipheriv('aes-256-cbc', key, page.subarray(end, end + IV)).setAutoPadding(false);
    const text = Buffer.concat([cipher.update(page.subarray(start, end)), cipher.final()]);
    text.copy(plain, (number - 1) * PAGE + start);
  }
  plain.write('SQLite format 3\0', 0, 'latin1');
  return plain;
};
