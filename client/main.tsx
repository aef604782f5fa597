import { createRoot } from 'react-dom/client';
import { LearnerShell } from './app/learner-shell.tsx';
import { createSession } from './app/session.ts';
import './ui/tokens.css';
import './ui/ui.css';

const host = document.getElementById('root');
if (!host) throw new Error('index.html has no #root');

const session = createSession();
createRoot(host).render(<LearnerShell session={session} />);
