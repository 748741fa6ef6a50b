import type { Command } from 'commander';
import { common, type CommonOptions, withNode } from './command.ts';

export const addModelCommands = (models: Command): void => {
  common(models.command('list', { isDefault: true }))
    .description('list models')
    .action(withNode({}, async ({ client, output }) => (await import('./models.ts')).listModels(client, output)));
  common(
    models.command('add').argument('<path-or-url>', 'a GGUF file, or the base URL of an OpenAI-compatible endpoint'),
  )
    .description('add a model')
    .option('--name <name>', 'name to show for an endpoint')
    .option('--model <name>', "the model's name at the endpoint")
    .option('--api-key-env <variable>', "environment variable that holds the endpoint's key")
    .action(
      withNode<CommonOptions & { name?: string; model?: string; apiKeyEnv?: string }>(
        {},
        async ({ client, output, options }, source) =>
          (await import('./models.ts')).addModel(client, output, source ?? '', options),
      ),
    );
  common(models.command('remove').argument('<id>'))
    .description('remove a model from the list; its file stays')
    .option('--delete-file', 'delete it, too, if Jan downloaded it')
    .action(
      withNode<CommonOptions & { deleteFile?: boolean }>({}, async ({ client, output, options }, id) =>
        (await import('./models.ts')).removeModel(client, output, id ?? '', options),
      ),
    );
  common(models.command('default').argument('<id>'))
    .description('use this model for new runs')
    .action(
      withNode({}, async ({ client, output }, id) =>
        (await import('./models.ts')).setDefaultModel(client, output, id ?? ''),
      ),
    );
  common(models.command('load').argument('<id>'))
    .description('load a model now')
    .action(
      withNode({ model: true }, async ({ client, output }, id) =>
        (await import('./models.ts')).loadModel(client, output, id ?? ''),
      ),
    );
  common(models.command('unload').argument('<id>'))
    .description("give a model's memory back")
    .action(
      withNode({ model: true }, async ({ client, output }, id) =>
        (await import('./models.ts')).unloadModel(client, output, id ?? ''),
      ),
    );
  common(models.command('calibrate').argument('<id>'))
    .description('measure the thread count again')
    .action(
      withNode({ model: true }, async ({ client, output }, id) =>
        (await import('./models.ts')).calibrateModel(client, output, id ?? ''),
      ),
    );
};

export const addDownloadCommands = (models: Command): void => {
  common(models.command('catalog'))
    .description('list what can be downloaded, and what suits this machine')
    .action(withNode({}, async ({ client, output }) => (await import('./downloads.ts')).listCatalog(client, output)));
  common(models.command('download').argument('<id>', 'of a model in the catalog'))
    .description('download a model, or go on with it')
    .option('--accept-license', 'the licence was read and is accepted')
    .action(
      withNode<CommonOptions & { acceptLicense?: boolean }>({}, async ({ client, output, options, signal }, id) =>
        (await import('./downloads.ts')).downloadModel(client, output, id ?? '', options, signal),
      ),
    );
  common(models.command('downloads'))
    .description('list what is being downloaded')
    .action(withNode({}, async ({ client, output }) => (await import('./downloads.ts')).listDownloads(client, output)));
  common(models.command('pause').argument('<id>'))
    .description('pause a download')
    .action(
      withNode({}, async ({ client, output }, id) =>
        (await import('./downloads.ts')).pauseDownload(client, output, id ?? ''),
      ),
    );
  common(models.command('cancel').argument('<id>'))
    .description('end a download and delete what came of it')
    .action(
      withNode({}, async ({ client, output }, id) =>
        (await import('./downloads.ts')).cancelDownload(client, output, id ?? ''),
      ),
    );
  common(models.command('disk'))
    .description('show the space that downloaded models take')
    .action(withNode({}, async ({ client, output }) => (await import('./downloads.ts')).showDisk(client, output)));
  for (const pinned of [true, false]) {
    common(models.command(pinned ? 'pin' : 'unpin').argument('<id>'))
      .description(pinned ? 'keep a model in memory when another one needs room' : 'let a model make room again')
      .action(
        withNode({}, async ({ client, output }, id) =>
          (await import('./models.ts')).pinModel(client, output, id ?? '', pinned),
        ),
      );
  }
};
