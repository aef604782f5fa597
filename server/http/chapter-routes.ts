import type { Express } from 'express';
import { addRoute, pathPart } from './add-route.ts';
import type { LabActions } from './lab-actions.ts';

export function addChapterRoutes(app: Express, lab: Pick<LabActions, 'listChapters' | 'getChapter'>): void {
  addRoute(app, 'GET /api/chapters', async () => ({ chapters: [...(await lab.listChapters())] }));
  addRoute(app, 'GET /api/chapters/:id', (request) => lab.getChapter(pathPart(request, 'id')));
}
