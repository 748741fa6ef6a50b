import { AppError } from '../../contract/errors.ts';

/** What a schema asks for that answers can't be held to, and where it stands. */
export const unsupported = (
  keyword: string,
  where: string,
  hint = 'Leave it out, or ask for a simpler form.',
): AppError =>
  new AppError(
    'SCHEMA_UNSUPPORTED',
    `The JSON schema uses "${keyword}" at ${where.length > 200 ? `${where.slice(0, 200)}…` : where}, which answers can't be held to here. ${hint}`,
    { data: { keyword, where } },
  );
