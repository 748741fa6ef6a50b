import ICAL from 'ical.js';
import { AppError } from '../../contract/index.ts';

const addressOf = (property: ICAL.Property): string =>
  String(property.getFirstValue())
    .replace(/^mailto:/iu, '')
    .toLowerCase();

/**
 * Asks people to come (RFC 5545, ORGANIZER and ATTENDEE); a server with scheduling (RFC 6638) tells them. Where an event is moved, everybody
 * but its organizer is asked anew.
 */
export const invite = (
  event: ICAL.Component,
  addresses: readonly string[],
  from: string | null,
  moves: boolean,
): void => {
  const organizer = event.getFirstProperty('organizer');
  const attendees = event.getAllProperties('attendee');
  if (moves)
    for (const attendee of attendees)
      if (!organizer || addressOf(attendee) !== addressOf(organizer)) attendee.setParameter('partstat', 'NEEDS-ACTION');
  const there = new Set(attendees.map(addressOf));
  const wanted = [...new Set(addresses.map((address) => address.toLowerCase()))].filter((one) => !there.has(one));
  if (wanted.length === 0) return;
  if (from === null)
    throw new AppError(
      'TOOL_NOT_READY',
      'The calendar does not know from whom it invites. Set Your address under Agents, Tools.',
    );
  if (organizer && addressOf(organizer) !== from.toLowerCase())
    throw new AppError('TOOL_FAILED', `Only ${addressOf(organizer)}, who invites to that event, can invite others.`);
  const add = (name: string, address: string, parameters: Readonly<Record<string, string>>): void => {
    const property = new ICAL.Property(name);
    for (const [key, value] of Object.entries(parameters)) property.setParameter(key, value);
    property.setValue(`mailto:${address}`);
    event.addProperty(property);
  };
  if (!organizer) {
    add('organizer', from, {});
    if (!there.has(from.toLowerCase())) add('attendee', from, { role: 'CHAIR', partstat: 'ACCEPTED' });
  }
  for (const address of wanted)
    if (address !== from.toLowerCase())
      add('attendee', address, { role: 'REQ-PARTICIPANT', partstat: 'NEEDS-ACTION', rsvp: 'TRUE' });
};
