"""Which commands a generation has, and which of them a read-only printer carries out. Pure.

The names are the RO column of the protocol's table of commands (appendix A); a name that is not in
this emulator yet does no harm. Source: protocol.md §8, §17, appendix A.
"""

from __future__ import annotations

_READ_ONLY_NAMES = """
appmodeget azteccode barcodeheightget barcodeheightset beep billcountercfgget
billlotteryconfigget billseparatorget billtaxcompressget billtaxcompressset bluetoothnameget
bluetoothnameset break cancelledsaleprintcfgget certinfoget checksumsget chgcfgget chgcfgset
comcfgget comcfgset connectionscheduleinfoget currget currrateget currrateset cuttercfgget
cuttercfgset dailyrepaccessget dailyrepaccessset dayreportprintcfgget dayreportprintcfgset
discounttypeget dmcode doccfgget doccfgset doccntget drwparamget drwparamset dspcfg
dspcfgget dsptrnsreleasetimeoutget eclastdocnoget eclastprintouts ecmedinfoget ecprndoc
ecprnfv ecpubkeyget endrepro eparagonbuffercontextget eparagonbuffercontextset
eparagonbufferdelall eparagonbufferdelrec eparagonbufferfreecntget eparagonbufferget
eparagonbufferoverrideget eparagonbufferoverrideset eparagonbuffersummaryget
eparagonconnectiontest eparagondefaultget eparagondefaultset eparagonscheduleget
eparagonscheduleset eparagonservercontextset eparagonserverdel eparagonserverget
eparagonserverins eparagonserversearch eparagonstatusget eparagonstatusset
eventhubcertinfoget eventsrepbydates eventsrepbynumbers factorynumberget
firmwareupdatesourceget firmwareupdatestateget fmrecaddress fmrecalgorithmerase fmrecclr
fmrecconnectionconfig fmreccurrency fmrecdataverification fmrecdatetime fmrecend
fmrecenumfail fmrecfindbydate fmrecfirmwareupdate fmrecfirmwareupdatefail fmrecfisc
fmrecfmmemoryfull fmreckeychange fmreckeysend fmreclcddisconnected fmrecmemorychange
fmrecmemoryverification fmrecpowerfail fmrecprinterdisconnected fmrecprotmemoryfull fmrecrd
fmrecservice fmrecservicemode fmrectypeget fmrecupdatesourcechange fmrecvat formisstarted
fspget fsppswdset fspset ftrcompressget ftrcompressset ftrinfoget fvcfgget fvcfgset
getprogfiscid getrealid hardprncancel hdrcompressget hdrcompressset hdrget imgdocget
imgecget imgecset imgslotcancel imgslotchecksum imgslotdelete imgslotdocid imgslotget
imgslotisbusy imgslotreceive kbdblockget kbdblockset kbdlockget kbdlockset memread memwrite
menupswdset monthlyrep nearendsensorcfgget nearendsensorcfgset onlineaddressesget opendrwr
ownershiptypeget papersavecfg papersavecfgget pccfgget pccfgset pdf417code
periodicrepbydates periodicrepbynumbers powerindget powerindset powersavemodeget
powersavemodeset prncancel prncfgget prnparamget prnparamset prnspecialcfgget prnwidthget
prnwidthset progid protoswitch qrcode quantitysigncfgget quantitysigncfgset
repositoryeventhubstate repositoryeventhubtrigger repositorysenddatacheck
repositoryunregister repositoryunregistercheck repositorywebapistate resetprogid rpt rtcget
rtcset rtcsync sastokeninfoget scashstate schedulefirmwareupdateget scnt scomm sdev sdrwr
sdspexternal sfsk sid signatureprintcfgget signatureprintcfgset soundcfgget soundcfgset sprn
stot strns subgettime svc tcpipcfgget tcpipcfgset timeoutcfgget timeoutcfgset trcancel
trlogframecfgget trlogframecfgset trlogget trlogset tunnelget tunnelset usbdrvtypeget
usetypeget vatautoget vatget verifysignaturesondemandget verifysignaturesondemandset
wifilistnetworks wifinetworkadd wifinetworkdel wifinetworkstat windowtimecfgget
windowtimecfgreset windowtimecfgset
"""
READ_ONLY = frozenset(_READ_ONLY_NAMES.split())

# Commands that came with the Online printers: whole families, and parts of older ones.
_ONLINE_FAMILIES = ("eparagon", "repository", "firmware", "trfv")
_ONLINE_NAMES = """
rtcsync schedulefirmwareupdateget connectionscheduleinfoget certinfoget eventhubcertinfoget
onlineaddressesget billlotteryconfigget sastokeninfoget subgettime reponline eparagonrep
eventsrepbynumbers eventsrepbydates changekeys usetypeget ownershiptypeget
"""
_ONLINE = frozenset(_ONLINE_NAMES.split())
# What belongs to such a family by its name and is older.
_NOT_ONLINE = frozenset({"trfvinit", "trfvfreedata"})


def is_available(name: str, *, is_old: bool) -> bool:
    """Whether a printer of the generation knows the command at all."""
    is_newer = name in _ONLINE or name.startswith(_ONLINE_FAMILIES)
    return not is_old or not is_newer or name in _NOT_ONLINE
