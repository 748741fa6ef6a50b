import { parentPort } from 'node:worker_threads';
import { Job } from './texts.ts';

/** Packages are loaded for what is asked, and are gone with the thread. */
const carryOut = async (job: Job): Promise<unknown> => {
  switch (job.task) {
    case 'article':
      return (await import('./read-page/article.ts')).article(job.html, job.url);
    case 'markdown':
      return (await import('./markdown/convert.ts')).htmlToMarkdown(job.html, job.base);
    case 'grammar':
      return (await import('./grammar/check.ts')).faultsOf(job.text, job.dialect);
    case 'references':
      return (await import('./citations/references.ts')).references(job.sources);
    case 'calendar':
      return (await import('./calendar/ics.ts')).eventsOf(job);
  }
};

parentPort?.once('message', (message: unknown) => {
  carryOut(Job.parse(message)).then(
    (value) => parentPort?.postMessage({ value }),
    // What broke is a matter of the text, which is no one's to log.
    (error: unknown) => parentPort?.postMessage({ error: error instanceof Error ? error.name : 'Error' }),
  );
});
