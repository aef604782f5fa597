@node "%~dp0..\flamelab.mjs" %*
