mod guidance;
