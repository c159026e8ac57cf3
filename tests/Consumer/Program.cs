using Consumer;

// The code of the four packages' own pages, in order.
MdpReadme.Run();
ModelsReadme.Run();
TheoryReadme.Run();
LearningReadme.Run();
