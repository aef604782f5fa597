import { createRoot } from 'react-dom/client';
import { LearnerShell } from './app/learner-shell.tsx';
import { createSession } from './app/session.ts';
import { TargetsPage } from './app/targets-page.tsx';
import './ui/tokens.css';
import './ui/ui.css';

const host = document.getElementById('root');
if (!host) throw new Error('index.html has no #root');

const session = createSession();
const Page = window.location.pathname === '/targets' ? TargetsPage : LearnerShell;
createRoot(host).render(<Page session={session} />);
