import { join } from 'node:path';
import express, { type Express } from 'express';
import { AppError } from '../errors.ts';
import { pathOf } from './gate.ts';

/** The built page. Files under assets/ carry their hash in the name; a path without a dot is the page itself. */
export function addStaticClient(app: Express, folder: string): void {
  const page = join(folder, 'index.html');
  const assets = express.static(join(folder, 'assets'), {
    fallthrough: false,
    index: false,
    // Every answer starts out as no-store, which the library's own maxAge would leave alone.
    setHeaders: (response) => response.setHeader('Cache-Control', 'private, max-age=31536000, immutable'),
  });
  app.use('/assets', assets);
  app.use(express.static(folder, { index: false, redirect: false, cacheControl: false }));
  app.use((request, response, next) => {
    const path = pathOf(request);
    const isPage = request.method === 'GET' && !path.startsWith('/api/') && !path.includes('.');
    if (!isPage) return next();
    response.sendFile(page, { cacheControl: false }, (error?: Error) => {
      if (error === undefined || response.headersSent) return;
      next(new AppError('not-found', 'The page is not built yet: npm run build.', { cause: error }));
    });
  });
}
